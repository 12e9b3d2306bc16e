/** Owns how parameter values are written in a field and read back. */
import {
  checkValue,
  normaliseValue,
  type IntegersParameter,
  type Parameter,
} from '../../shared/blocks/parameter';
import type { Json } from '../../shared/document/document';

const TIMES = '\u2009×\u2009';

/** A value in one line: text as it is, anything else as JSON. */
export const plainText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

const numbersText = (value: Json): string =>
  Array.isArray(value) ? value.map(plainText).join(', ') : plainText(value);

export const integersText = (value: Json): string =>
  Array.isArray(value) ? value.map(plainText).join(TIMES) : plainText(value);

/** `3 × 3`, `3, 3`, `[3 3]` and, where a length is fixed, `3`. */
export function readIntegers(text: string, parameter: IntegersParameter): Json {
  const parts = text.split(/[^0-9.+-]+/).filter((part) => part !== '');
  const numbers = parts.map(Number);
  return numbers.length === 1 && parameter.length !== undefined ? numbers[0] : numbers;
}

/** `0.001, 1e-4` or `[0.001 0.0001]`. What is no number stays as it is, to be refused. */
const readNumbers = (text: string): Json =>
  text
    .split(/[\s,;[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));

/** Digits with a decimal point or comma; anything else is no number. */
export function readNumber(text: string): Json {
  const plain = text.trim().replace(',', '.');
  return plain === '' || !Number.isFinite(Number(plain)) ? text : Number(plain);
}

/** A parameter's value as its field shows it. */
export const fieldText = (value: Json, { kind }: Parameter): string =>
  kind === 'integers' ? integersText(value) : kind === 'numbers' ? numbersText(value) : plainText(value);

export type Reading = { ok: true; value: Json } | { ok: false; message: string };

/** What a typed text means for the parameter, or the sentence why it means nothing. */
export function readValue(name: string, text: string, parameter: Parameter): Reading {
  const raw =
    parameter.kind === 'integers'
      ? readIntegers(text, parameter)
      : parameter.kind === 'numbers'
        ? readNumbers(text)
        : parameter.kind === 'integer' || parameter.kind === 'number'
          ? readNumber(text)
          : text;
  const value = normaliseValue(raw, parameter);
  const message = checkValue(name, value, parameter);
  return message === null ? { ok: true, value } : { ok: false, message };
}

export const sameValue = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One step of the arrow keys: whole numbers by 1, rates by a factor, others by a twentieth of the range. */
export function stepped(value: number, direction: 1 | -1, parameter: Parameter): number {
  if (parameter.kind === 'integer') return value + direction;
  if (parameter.kind !== 'number') return value;
  if (parameter.scale === 'log') {
    const next = direction === 1 ? value * 10 : value / 10;
    return Number(next.toPrecision(6));
  }
  const size =
    parameter.min !== undefined && parameter.max !== undefined ? (parameter.max - parameter.min) / 20 : 0.1;
  return Number((value + direction * size).toPrecision(6));
}
