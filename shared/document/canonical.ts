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

/** 128 bits as hex: tells plans and data apart, is no protection against forgery. */
export function hashOf(value: Json | object): string {
  const text = canonical(value);
  const words = [
    hashText(text),
    hashText(text, 0x2545f491),
    hashText(`${text.length}:${text}`, 0x9e3779b9),
    hashText(`${text}:${text.length}`, 0x7f4a7c15),
  ];
  return words.map(hex).join('');
}
