/** Draws values for the parameters of any block of the catalogue: small, allowed, and often not the default. */
import {
  checkValue,
  type Configured,
  type Parameter,
  type Parameters,
} from '../../../shared/blocks/parameter';
import type { Json } from '../../../shared/document/document';
import type { RandomStream } from '../../../shared/random/random';

export const pick = <T>(random: RandomStream, from: readonly T[]): T => from[random.below(from.length)];
export const chance = (random: RandomStream, share: number): boolean => random.uniform() < share;

/** No more numbers than this along one axis. */
const LARGEST = 6;

function number(
  random: RandomStream,
  { default: usual, min = -Infinity, max = Infinity }: { default: number; min?: number; max?: number },
): number {
  const value = usual === 0 ? random.between(0.001, 0.1) : usual * random.between(0.5, 1.5);
  return Math.min(Math.max(value, min), max);
}

function integer(
  random: RandomStream,
  { default: usual, min = 0, max = LARGEST }: { default: number; min?: number; max?: number },
): number {
  const value = Math.abs(usual) > LARGEST || chance(random, 0.5) ? min + random.below(LARGEST - 1) : usual;
  return Math.min(Math.max(value, min), max);
}

function integers(random: RandomStream, parameter: Extract<Parameter, { kind: 'integers' }>): number[] {
  const { default: usual, length, min = 0, emptyMeans } = parameter;
  if (emptyMeans && chance(random, 0.5)) return [];
  const many = length ?? Math.max(usual.length, 1);
  // Windows and strides that are the same along all axes are what most kernels allow.
  const one = min + random.below(3);
  return Array.from({ length: many }, () => (chance(random, 0.7) ? one : min + random.below(3)));
}

function configured(
  random: RandomStream,
  { options, none }: Extract<Parameter, { kind: 'configured' }>,
): Configured {
  if (none !== undefined && chance(random, 0.6)) return null;
  const { class_name, parameters } = pick(random, options);
  return { class_name, config: valuesFor(random, parameters) };
}

function regularizer(random: RandomStream): Json {
  const size = random.between(0.0005, 0.01);
  return pick<Json>(random, [
    null,
    { l1: size, l2: 0 },
    { l1: 0, l2: size },
    { l1: size, l2: size },
    { orthogonal: size, mode: 'columns' },
  ]);
}

/** undefined: the default is as good as any. */
function valueFor(random: RandomStream, parameter: Parameter): Json | undefined {
  switch (parameter.kind) {
    case 'integer':
      return integer(random, parameter);
    case 'number':
      return number(random, parameter);
    case 'boolean':
      return chance(random, 0.5);
    case 'choice':
      return pick(random, parameter.options);
    case 'choices':
      return parameter.options.filter(() => chance(random, 0.2));
    case 'integers':
      return integers(random, parameter);
    case 'numbers':
      return parameter.default.map((value) => value * random.between(0.5, 1));
    case 'configured':
      return configured(random, parameter);
    case 'regularizer':
      return regularizer(random);
    case 'class-weight':
      return pick<Json>(random, [null, 'balanced', { '0': 2, '1': 0.5 }]);
    case 'text':
    case 'path':
    case 'columns':
    case 'blocks':
      return undefined;
  }
}

/** Some parameters get another value than their default, those that would be large always. */
export function valuesFor(random: RandomStream, parameters: Parameters, share = 0.35): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const isLarge = parameter.kind === 'integer' && Math.abs(parameter.default) > LARGEST;
    if (!isLarge && !chance(random, share)) continue;
    const value = valueFor(random, parameter);
    if (value !== undefined && checkValue(name, value, parameter) === null) values[name] = value;
  }
  return values;
}
