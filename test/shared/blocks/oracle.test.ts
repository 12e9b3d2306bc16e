/**
 * What every layer block says of its output and its weights is what the engine's own layer makes, over drawn-up parameters
 * and inputs: about 30 each, hundreds with AXONRY_FULL=1.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  AnyBlockDefinition,
  InferenceResult,
  LayerBehaviour,
  Values,
} from '../../../shared/blocks/block';
import { catalogue, valuesOf } from '../../../shared/blocks/catalogue';
import type { Parameter } from '../../../shared/blocks/parameter';
import type { Json } from '../../../shared/document/document';
import { adaptLayer } from '../../../electron/engine/network/keras-adapter';
import type { LayerCall } from '../../../electron/engine/network/layer-call';
import { tf } from '../../../electron/engine/tensorflow';
import { hasNative, useNative } from '../../engine/native';
import { full, lacks } from '../../environment';

type Sizes = number[];

/** Small numbers, so that many of them fit together. */
function valueOf(parameter: Parameter): fc.Arbitrary<Json> {
  const asDefined = fc.constant(parameter.default as Json);
  switch (parameter.kind) {
    case 'integer': {
      const { min = -2, max = 6 } = parameter;
      return fc.oneof(asDefined, fc.integer({ min, max: Math.max(min, Math.min(max, 6)) }));
    }
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...parameter.options);
    case 'integers': {
      const { length, min = -2 } = parameter;
      const size = fc.integer({ min: parameter.allowNegativeOne ? -1 : min, max: 4 }).filter((n) => n !== 0 || min <= 0); // prettier-ignore
      const list = fc.array(size, { minLength: length ?? 1, maxLength: length ?? 3 });
      return fc.oneof({ weight: 1, arbitrary: asDefined }, { weight: 2, arbitrary: list });
    }
    default:
      return asDefined;
  }
}

const shape = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });

interface Drawn {
  params: Record<string, Json>;
  shapes: Sizes[];
}

/** Several inputs are mostly alike, as most layers with several want them. */
function drawn(definition: AnyBlockDefinition, values: Values): fc.Arbitrary<Drawn> {
  const { parameters } = definition;
  const { inputs } = definition.ports(values);
  const count = inputs.at(0)?.many ? fc.integer({ min: 2, max: 3 }) : fc.constant(inputs.length);
  const alike = fc.tuple(shape, count).map(([one, n]) => Array.from({ length: n }, () => one));
  const free = count.chain((n) => fc.array(shape, { minLength: n, maxLength: n }));
  return fc.record({
    params: fc.record(
      Object.fromEntries(Object.entries(parameters).map(([name, each]) => [name, valueOf(each)])),
    ),
    shapes: fc.oneof({ weight: 3, arbitrary: alike }, { weight: 1, arbitrary: free }),
  });
}

interface Answer {
  shape: (number | null)[];
  weights: [string, Sizes, boolean][];
}

const said = ({ shape: [, ...inner], weights }: Extract<InferenceResult, { ok: true }>['value']): Answer => ({
  shape: inner,
  weights: weights.map(({ name, shape: sizes, trainable }) => [name, [...sizes], trainable]),
});

const BATCH = 2;

/** The engine's layer, called on a batch of halves. */
function made(behaviour: LayerBehaviour<Values>, values: Values, shapes: readonly Sizes[]): Answer {
  const inputs = shapes.map((sizes) => [null, ...sizes]);
  const call: LayerCall = {
    training: false,
    step: tf.scalar(0, 'int32'),
    rows: BATCH,
    masks: shapes.map(() => null),
    update: () => undefined,
    penalise: () => undefined,
  };
  const answers: Answer[] = [];
  tf.tidy(() => {
    const adapted = adaptLayer({ block: 'x', ...behaviour.keras(values) }, inputs);
    const tensors = shapes.map((sizes) => tf.fill([BATCH, ...sizes], 0.5));
    const layer = adapted.create(1);
    if (layer !== null) layer.build(inputs.length === 1 ? inputs[0] : inputs);
    const before = layer === null ? tensors[0] : layer.call(tensors, { ...call });
    const output = Array.isArray(before) ? before[0] : before;
    answers.push({
      shape: (adapted.activation?.apply(output) ?? output).shape.slice(1),
      weights: (layer?.weights ?? []).map((weight) => [
        weight.originalName,
        weight.shape.map((size) => size ?? 0),
        weight.trainable,
      ]),
    });
    layer?.weights.forEach((weight) => weight.dispose());
  });
  return answers[0];
}

/** They have no weights or settings of their own; test/shared/sharing.test.ts asks them. */
const BORROWING = new Set(['SharedLayer', 'TiedDense']);

const layers = Object.values(catalogue).flatMap((definition) =>
  definition.behaviour.kind === 'layer' && !BORROWING.has(definition.type)
    ? [{ type: definition.type, definition, behaviour: definition.behaviour }]
    : [],
);

describe.skipIf(lacks('the native engine', hasNative))('the engine makes what the block says', () => {
  beforeAll(useNative);

  it.each(layers)('$type', ({ type, definition, behaviour }) => {
    const wanted = full ? 300 : 30;
    const samples = fc.sample(drawn(definition, valuesOf({ type, params: {} })), {
      numRuns: 40 * wanted,
      seed: 11,
    });
    let agreed = 0;
    for (const { params, shapes } of samples) {
      const values = valuesOf({ type, params });
      const inferred = behaviour.infer(
        shapes.map((sizes) => ({ shape: [null, ...sizes], from: 'there' })),
        values,
      );
      if (!inferred.ok) continue;
      const where = JSON.stringify({ params, shapes });
      expect(made(behaviour, values, shapes), where).toEqual(said(inferred.value));
      agreed += 1;
      if (agreed === wanted) break;
    }
    expect(agreed).toBeGreaterThan(wanted / 5);
  });
});
