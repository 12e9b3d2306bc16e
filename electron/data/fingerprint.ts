/** Owns fingerprints: one hash for what a source is made of, the same on every machine, safe as a folder name. */
import { createHash } from 'node:crypto';
import type { Json } from '../../shared/document/document';

/** JSON with sorted keys, so that the order in which parameters were written does not matter. */
function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canonical(value[key])]),
  );
}

export const fingerprintOf = (made: Json): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(made)))
    .digest('hex');
