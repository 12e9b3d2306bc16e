/** Owns what the attention layers share: their ports, the shapes that must go together, and the mask of the future. */
import { shapeText } from '../../compiler/shape';
import type { Json } from '../../document/document';
import { initializer, regularizer, regularizerConfig } from '../core/weighted';
import type { Finding, InputShape, Ports, WeightSpec } from '../block';
import { refuse, type Refusal } from '../inference';
import type { BooleanParameter, NumberParameter, Parameters, ValuesOf } from '../parameter';
import { noSteps } from './steps';

/** Without wires of their own, values are the queries (self-attention) and keys are the values. */
export const attentionPorts: Ports = {
  inputs: [
    { name: 'query', kind: 'tensor' },
    { name: 'value', kind: 'tensor', optional: true, instead: 'query' },
    { name: 'key', kind: 'tensor', optional: true, instead: 'value' },
  ],
  outputs: [{ name: 'output', kind: 'tensor' }],
};

export const causalParameter = {
  kind: 'boolean',
  default: false,
  help: 'Lets each step look at itself and at earlier ones only, as in a network that predicts what comes next.',
} as const satisfies BooleanParameter;

export const attentionDropout = {
  kind: 'number',
  default: 0,
  min: 0,
  max: 1,
  below: true,
  help: 'Share of the attention that is set to 0 while training.',
} as const satisfies NumberParameter;

export interface Attended {
  batch: number | null;
  queries: number | null;
  keys: number | null;
  /** Features of query, value and key. */
  features: readonly [number, number, number];
}

/** `[batch, steps, features]` three times, where value and key have the same steps. */
export function attended(
  title: string,
  inputs: readonly InputShape[],
): { ok: true; value: Attended } | Refusal {
  const names = ['query', 'value', 'key'];
  for (const [i, input] of inputs.entries()) {
    const wrong = noSteps(title, input, names[i]);
    if (wrong) return { ...wrong, finding: { ...wrong.finding, port: names[i] } };
  }
  const [query, value, key] = inputs;
  const [batch, queries] = query.shape;
  const features = inputs.flatMap(({ shape }) => shape[2] ?? []);
  const [a, b] = [value.shape[1], key.shape[1]];
  if (features.length < 3) return { ...unknownFeatures(title, inputs) };
  if (a !== b && a !== null && b !== null)
    return refuse({
      code: 'shape/mismatch',
      port: 'key',
      message: `${title} needs a key for every value; it gets ${shapeText(key.shape)} from ${key.from} for ${shapeText(value.shape)} from ${value.from}.`,
      why: 'Each key tells how much the value of the same step counts.',
    });
  return {
    ok: true,
    value: { batch, queries, keys: a ?? b, features: [features[0], features[1], features[2]] },
  };
}

const unknownFeatures = (title: string, inputs: readonly InputShape[]): Refusal =>
  refuse({
    code: 'shape/mismatch',
    port: 'query',
    message: `${title} needs features of known number; it gets ${inputs.map(({ shape }) => shapeText(shape)).join(', ')}.`,
    why: 'Features of queries and keys are multiplied in pairs.',
  });

/** Queries and keys are compared feature by feature. */
export function unlikeFeatures(title: string, inputs: readonly InputShape[]): Refusal | null {
  const [query, , key] = inputs;
  if (query.shape[2] === key.shape[2]) return null;
  const finding: Omit<Finding, 'severity'> = {
    code: 'shape/mismatch',
    port: 'key',
    message: `${title} compares ${shapeText(query.shape)} from ${query.from} with ${shapeText(key.shape)} from ${key.from}; their features differ.`,
    why: 'Without weights of its own it can compare rows of the same length only; MultiHeadAttention can bring both to one length.',
  };
  return refuse(finding);
}

/** Of layers with heads: how their projections are made. */
export const projectionParameters = {
  use_bias: {
    kind: 'boolean',
    default: true,
    help: 'Adds a trainable number to each projection.',
    advanced: true,
  },
  kernel_initializer: initializer('glorot_uniform', 'How the weights of the projections are drawn.'),
  bias_initializer: initializer('zeros', 'How the biases are set before training.'),
  kernel_regularizer: regularizer('weights'),
  bias_regularizer: regularizer('biases'),
} as const satisfies Parameters;

export const projectionConfig = (values: ValuesOf<typeof projectionParameters>): Record<string, Json> => ({
  use_bias: values.use_bias,
  kernel_initializer: values.kernel_initializer,
  bias_initializer: values.bias_initializer,
  kernel_regularizer: regularizerConfig(values.kernel_regularizer),
  bias_regularizer: regularizerConfig(values.bias_regularizer),
});

/** A kernel and, where it is used, a bias for each: `[name, kernel, bias]`. */
export const projections = (
  each: readonly (readonly [name: string, kernel: readonly number[], bias: readonly number[]])[],
  useBias: boolean,
): WeightSpec[] =>
  each.flatMap(([name, kernel, bias]) => [
    { name: `${name}_kernel`, shape: kernel, trainable: true },
    ...(useBias ? [{ name: `${name}_bias`, shape: bias, trainable: true }] : []),
  ]);
