/** Owns the one text form of a JSON value, and its hash: equal values have equal texts, whatever the order of their keys. */
import { hashText } from '../random/random';
import type { Json } from './document';

/** JSON without white space and with sorted keys. Entries that are undefined are left out, as JSON does. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonical(entry ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null) ?? 'null';
}

/** The same text form, without writing it down. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return left.length === Object.keys(b).length && left.every(([key, value]) => sameJson(value, right[key]));
}

const hex = (word: number) => word.toString(16).padStart(8, '0');

type Words = readonly [number, number, number, number];

function wordsOf(value: Json | object): Words {
  const text = canonical(value);
  return [
    hashText(text),
    hashText(text, 0x2545f491),
    hashText(`${text.length}:${text}`, 0x9e3779b9),
    hashText(`${text}:${text.length}`, 0x7f4a7c15),
  ];
}

/** 128 bits as hex: tells plans and data apart, is no protection against forgery. */
export const hashOf = (value: Json | object): string => wordsOf(value).map(hex).join('');

const known = new WeakMap<object, Words>();

function remembered(value: object): Words {
  const words = wordsOf(value);
  known.set(value, words);
  return words;
}

/** A hash of objects in their order. None of them may be changed later: what was hashed once is not written out again. */
export function hashOfList(values: readonly object[]): string {
  const mixed: [number, number, number, number] = [values.length, 1, 2, 3];
  for (const value of values) {
    const words = known.get(value) ?? remembered(value);
    for (const i of [0, 1, 2, 3] as const) mixed[i] = Math.imul(mixed[i] ^ words[i], 0x01000193);
  }
  return mixed.map((word) => hex(word >>> 0)).join('');
}
