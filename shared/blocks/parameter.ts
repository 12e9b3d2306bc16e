/** Owns what a parameter can be: its kinds, the type of its value, and the check of a value against it. */
import type { Json } from '../document/document';
import { checkConfigured, normaliseConfigured } from './configured';

interface Common {
  /** One sentence for the inspector. */
  help: string;
  /** Shown behind the value: `epochs`, `pixels`. */
  unit?: string;
  /** Hidden behind *more* in the inspector. */
  advanced?: boolean;
  /** Shown only when another parameter has one of these values. */
  when?: { parameter: string; is: readonly Json[] };
}

export interface IntegerParameter extends Common {
  kind: 'integer';
  default: number;
  min?: number;
  max?: number;
}
export interface NumberParameter extends Common {
  kind: 'number';
  default: number;
  min?: number;
  max?: number;
  /** True where `min` itself is not allowed. */
  above?: boolean;
  /** True where `max` itself is not allowed. */
  below?: boolean;
  /** A slider moves in decades. */
  scale?: 'log';
}
export interface BooleanParameter extends Common {
  kind: 'boolean';
  default: boolean;
}
export interface ChoiceParameter<C extends string = string> extends Common {
  kind: 'choice';
  default: C;
  options: readonly C[];
}
export interface TextParameter extends Common {
  kind: 'text';
  default: string;
  placeholder?: string;
  /** Written over several lines, as a formula is. */
  multiline?: true;
  /** A sentence that says what is wrong with it, or null. */
  check?: (text: string) => string | null;
}
export interface PathParameter extends Common {
  kind: 'path';
  default: string;
  accepts: 'file' | 'folder' | 'either';
  extensions?: readonly string[];
}
/** A list of integers of free or fixed length, as `kernel_size` [3, 3] or `target_shape` [7, 7, 64]. */
export interface IntegersParameter extends Common {
  kind: 'integers';
  default: readonly number[];
  length?: number;
  min?: number;
  max?: number;
  /** The list may be empty, and what that means: `the pool size`. Shown where nothing is typed. */
  emptyMeans?: string;
  /** A single number n means n for every axis. Such values are normalised to a list. */
  allowNegativeOne?: boolean;
}
/** A list of numbers of free length, as the rates of a schedule, or of fixed length, as two bounds. */
export interface NumbersParameter extends Common {
  kind: 'numbers';
  default: readonly number[];
  length?: number;
  /** As with integers. */
  emptyMeans?: string;
  min?: number;
  max?: number;
}
/** Names of columns of the connected data; empty means the default named in `help`. */
export interface ColumnsParameter extends Common {
  kind: 'columns';
  default: readonly string[];
  /** What is meant where none is chosen: all inputs, the target, or for weights none. */
  role: 'input' | 'target' | 'weight';
  single?: boolean;
}
/** Weight penalties: λ1·Σ|w| + λ2·Σw² (Keras' `L1L2`), or Keras' `OrthogonalRegularizer`; null is none. */
export interface RegularizerParameter extends Common {
  kind: 'regularizer';
  default: null;
}
/** Ids of blocks with weights; null means all, or with `single` none. */
export interface BlocksParameter extends Common {
  kind: 'blocks';
  default: null;
  /** One block at most. */
  single?: boolean;
  /** What null is called where it is not all: `no layer`. */
  none?: string;
}
/** Class name or index → weight; null is none, 'balanced' is n / (k · nᵢ) as in scikit-learn. */
export interface ClassWeightParameter extends Common {
  kind: 'class-weight';
  default: null;
}
/** Any subset of the options. */
export interface ChoicesParameter<C extends string = string> extends Common {
  kind: 'choices';
  default: readonly C[];
  options: readonly C[];
}

/** One of several Keras objects that have parameters of their own: a schedule, an initialiser, a constraint. */
export interface ConfiguredParameter extends Common {
  kind: 'configured';
  /** A short name; null is none of them. */
  default: string | null;
  options: readonly ConfiguredOption[];
  /** What null is called: `none`, `constant`. Without it one must be chosen. */
  none?: string;
}
export interface ConfiguredOption {
  /** Keras' class. */
  class_name: string;
  /** Keras' short name, which stands for the class with its defaults. */
  name?: string;
  /** One sentence for the inspector. */
  summary: string;
  parameters: Parameters;
}

export type Parameter =
  | IntegerParameter
  | NumberParameter
  | BooleanParameter
  | ChoiceParameter
  | TextParameter
  | PathParameter
  | IntegersParameter
  | ColumnsParameter
  | RegularizerParameter
  | BlocksParameter
  | ClassWeightParameter
  | ChoicesParameter
  | NumbersParameter
  | ConfiguredParameter;

export type Parameters = Record<string, Parameter>;

/** Rows or columns of a matrix are kept at right angles, by this factor. */
export interface OrthogonalPenalty {
  orthogonal: number;
  mode: OrthogonalMode;
}
export const ORTHOGONAL_MODES = ['rows', 'columns'] as const;
export type OrthogonalMode = (typeof ORTHOGONAL_MODES)[number];
export type Regularizer = { l1: number; l2: number } | OrthogonalPenalty;

export const isOrthogonal = (value: Regularizer): value is OrthogonalPenalty => 'orthogonal' in value;
/** A short name, or the class with the parameters that are not the default. */
export type Configured = string | { class_name: string; config: Readonly<Record<string, Json>> } | null;

export type ValueOf<P extends Parameter> = P extends { kind: 'integer' | 'number' }
  ? number
  : P extends { kind: 'boolean' }
    ? boolean
    : P extends { kind: 'choice'; options: readonly (infer C)[] }
      ? C
      : P extends { kind: 'choices'; options: readonly (infer C)[] }
        ? readonly C[]
        : P extends { kind: 'text' | 'path' }
          ? string
          : P extends { kind: 'integers' | 'numbers' }
            ? readonly number[]
            : P extends { kind: 'columns' }
              ? readonly string[]
              : P extends { kind: 'regularizer' }
                ? Regularizer | null
                : P extends { kind: 'blocks' }
                  ? readonly string[] | null
                  : P extends { kind: 'class-weight' }
                    ? Readonly<Record<string, number>> | 'balanced' | null
                    : P extends { kind: 'configured' }
                      ? Configured
                      : never;

export type ValuesOf<P extends Parameters> = { readonly [K in keyof P]: ValueOf<P[K]> };

const isInteger = (value: Json): value is number => typeof value === 'number' && Number.isInteger(value);

/** 1,000,000 as people read it; what is not whole stays as it was typed. */
const written = (value: number): string =>
  Number.isSafeInteger(value) ? value.toLocaleString('en') : String(value);

function checkRange(
  name: string,
  value: number,
  p: { min?: number; max?: number; above?: boolean; below?: boolean },
): string | null {
  if (p.min !== undefined && (p.above ? value <= p.min : value < p.min))
    return `${name} is ${written(value)}; it must be ${p.above ? 'above' : 'at least'} ${written(p.min)}.`;
  if (p.max !== undefined && (p.below ? value >= p.max : value > p.max))
    return `${name} is ${written(value)}; it must be ${p.below ? 'below' : 'at most'} ${written(p.max)}.`;
  return null;
}

function checkIntegers(name: string, value: Json, p: IntegersParameter): string | null {
  if (!Array.isArray(value) || !value.every(isInteger))
    return `${name} must be ${p.length ? `${p.length} whole numbers` : 'a list of whole numbers'}, as ${JSON.stringify(p.default)}.`;
  if (value.length === 0 && p.emptyMeans) return null;
  if (p.length !== undefined && value.length !== p.length)
    return `${name} has ${value.length} numbers; it needs ${p.length}, as ${JSON.stringify(p.default)}.`;
  for (const entry of value) {
    if (entry === -1 && p.allowNegativeOne) continue;
    const problem = checkRange(name, entry, p);
    if (problem) return problem;
  }
  return null;
}

function checkNumbers(name: string, value: Json, p: NumbersParameter): string | null {
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'number' && Number.isFinite(entry)))
    return `${name} must be a list of numbers, not ${JSON.stringify(value)}.`;
  if (value.length === 0 && p.emptyMeans) return null;
  if (p.length !== undefined && value.length !== p.length)
    return `${name} has ${value.length} numbers; it needs ${p.length}, as ${JSON.stringify(p.default)}.`;
  for (const entry of value as number[]) {
    const problem = checkRange(name, entry, p);
    if (problem) return problem;
  }
  return null;
}

const isNumberRecord = (value: Json): value is Record<string, number> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((entry) => typeof entry === 'number' && Number.isFinite(entry) && entry >= 0);

const isOrthogonalMode = (value: Json): boolean => ORTHOGONAL_MODES.some((mode) => mode === value);

function isPenalty(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!Object.hasOwn(value, 'orthogonal'))
    return isNumberRecord(value) && Object.keys(value).every((key) => key === 'l1' || key === 'l2');
  const { mode = 'rows', ...rest } = value;
  return isOrthogonalMode(mode) && isNumberRecord(rest) && Object.keys(rest).length === 1;
}

const isTexts = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** A sentence that says what is wrong with `value`, or null where it fits. */
export function checkValue(name: string, value: Json, parameter: Parameter): string | null {
  switch (parameter.kind) {
    case 'integer':
      if (!isInteger(value)) return `${name} must be a whole number, not ${JSON.stringify(value)}.`;
      return checkRange(name, value, parameter);
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value))
        return `${name} must be a number, not ${JSON.stringify(value)}.`;
      return checkRange(name, value, parameter);
    case 'boolean':
      return typeof value === 'boolean'
        ? null
        : `${name} must be true or false, not ${JSON.stringify(value)}.`;
    case 'choice':
      return typeof value === 'string' && parameter.options.includes(value)
        ? null
        : `${name} is ${JSON.stringify(value)}; it must be one of ${parameter.options.join(', ')}.`;
    case 'choices': {
      const wrong = isTexts(value)
        ? value.find((entry) => !parameter.options.includes(entry))
        : JSON.stringify(value);
      return wrong === undefined
        ? null
        : `${name} holds ${wrong}; it may hold ${parameter.options.join(', ')}.`;
    }
    case 'text':
    case 'path':
      if (typeof value !== 'string') return `${name} must be text, not ${JSON.stringify(value)}.`;
      return parameter.kind === 'text' ? (parameter.check?.(value) ?? null) : null;
    case 'integers':
      return checkIntegers(name, value, parameter);
    case 'columns':
      return isTexts(value) ? null : `${name} must be a list of column names, not ${JSON.stringify(value)}.`;
    case 'regularizer':
      return value === null || isPenalty(value)
        ? null
        : `${name} must be null, {"l1": …, "l2": …} or {"orthogonal": …, "mode": "rows"} with numbers of at least 0, not ${JSON.stringify(value)}.`;
    case 'blocks':
      if (parameter.single)
        return value === null || (isTexts(value) && value.length <= 1)
          ? null
          : `${name} must be null or a list of one block id.`;
      return value === null || isTexts(value)
        ? null
        : `${name} must be null (all blocks) or a list of block ids.`;
    case 'class-weight':
      return value === null || value === 'balanced' || isNumberRecord(value)
        ? null
        : `${name} must be null, "balanced" or {"class": weight, …} with weights of at least 0.`;
    case 'numbers':
      return checkNumbers(name, value, parameter);
    case 'configured':
      return checkConfigured(name, value, parameter);
  }
}

/** Brings shorthand into the one form that the rest of the program reads: 3 → [3, 3], bounds 0.1 → [-0.1, 0.1], {l2: 0.01} → {l1: 0, l2: 0.01}. */
export function normaliseValue(value: Json, parameter: Parameter): Json {
  if (parameter.kind === 'integers' && parameter.length !== undefined && isInteger(value))
    return Array<number>(parameter.length).fill(value);
  if (parameter.kind === 'numbers' && parameter.length === 2 && typeof value === 'number')
    return (parameter.min ?? -1) < 0 ? [-Math.abs(value), Math.abs(value)] : [value, value];
  if (parameter.kind === 'regularizer' && value !== null && isPenalty(value) && typeof value === 'object')
    return Object.hasOwn(value, 'orthogonal') ? { mode: 'rows', ...value } : { l1: 0, l2: 0, ...value };
  if (parameter.kind === 'configured') return normaliseConfigured(value, parameter);
  return value;
}

/** The default as a JSON value, safe to change. */
export function defaultValue(parameter: Parameter): Json {
  const value = parameter.default;
  return Array.isArray(value) ? [...(value as readonly Json[])] : (value as Json);
}
