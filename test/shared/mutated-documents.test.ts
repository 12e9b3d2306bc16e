/** Project files that were damaged or forged at random: each opens or is refused with a sentence, quickly, and never breaks the compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../shared/compiler/compile';
import { loadDocument, saveText } from '../../shared/document/load';
import { full } from '../environment';

const RUNS = full ? 10_000 : 500;
const SEED = 20261121;
const LONGEST_MS = 3000;
const MOST_GROWTH = 600 * 1024 ** 2;

const folder = path.resolve(import.meta.dirname, '../../assets/examples');
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.axon'))
  .map((name) => readFileSync(path.join(folder, name), 'utf8'));

const PIECES = ['"', '{', '}', '[', ']', ',', ':', '\\', '\0', '\ud83d', '1e999', '-', 'null', '__proto__'];

/** Text that is cut and pasted: mostly no JSON any more. */
const damaged = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.constantFrom(...PIECES)), { maxLength: 4 }),
  )
  .map(([text, changes]) =>
    changes.reduce((whole, [place, cut, piece]) => {
      const at = place % (whole.length + 1);
      return whole.slice(0, at) + piece + whole.slice(at + cut);
    }, text),
  );

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    -1,
    0,
    1e9,
    1e308,
    0.1,
    '',
    'Dense',
    '__proto__',
    'constructor',
    null,
    [],
    {},
    'x'.repeat(1e5),
  ),
);

/** Every place of a JSON value, as the keys that lead there. */
function placesIn(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...at]];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...placesIn(inner, [...at, key])]);
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const inner = (value as Record<string, unknown>)[key];
  const next = replaced(inner, rest, by);
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === key ? next : item));
  return { ...(value as object), [key]: next };
}

/** A file that somebody wrote on purpose: whole JSON with values that do not belong there. */
const forged = fc
  .tuple(fc.constantFrom(...texts), fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }))
  .map(([text, changes]) =>
    JSON.stringify(
      changes.reduce<unknown>((document, [place, value]) => {
        const places = placesIn(document);
        return places.length === 0 ? document : replaced(document, places[place % places.length], value);
      }, JSON.parse(text)),
    ),
  );

it.each([
  ['damaged', damaged],
  ['forged', forged],
])(
  `${RUNS} %s project files`,
  (_, files) => {
    const before = process.memoryUsage().rss;
    fc.assert(
      fc.property(files, (text) => {
        const started = Date.now();
        const loaded = loadDocument(text, 'net.axon');
        if (loaded.ok) {
          for (const { code, message } of compile(loaded.value).diagnostics) {
            expect(code).toMatch(/^[a-z-]+\/[a-z-]+$/);
            expect(message).not.toMatch(/\bat .*\.[tj]s:\d+|undefined is not|is not a function/);
          }
          expect(loadDocument(saveText(loaded.value)).ok).toBe(true);
        } else {
          expect(loaded.problem.code).toMatch(/^document\/[a-z-]+$/);
          expect(loaded.problem.message).toContain('net.axon');
          expect(loaded.problem.message.length).toBeLessThan(2000);
        }
        expect(Date.now() - started).toBeLessThan(LONGEST_MS);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH);
  },
  600_000,
);
