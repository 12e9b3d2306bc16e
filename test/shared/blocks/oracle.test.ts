/**
 * What every layer block says of its output and its weights is what the engine's own layer makes, over drawn-up parameters
 * and inputs: about 30 each, hundreds with AXONRY_FULL=1.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InferenceResult, LayerBehaviour, Values } from '../../../shared/blocks/block';
import { valuesOf } from '../../../shared/blocks/catalogue';
import { adaptLayer } from '../../../electron/engine/network/keras-adapter';
import type { LayerCall } from '../../../electron/engine/network/layer-call';
import { tf } from '../../../electron/engine/tensorflow';
import { hasNative, useNative } from '../../engine/native';
import { full, lacks } from '../../environment';
import { drawn, layerBlocks, type Sizes } from './drawn';

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
  const answers: Answer[] = [];
  tf.tidy(() => {
    const adapted = adaptLayer({ block: 'x', ...behaviour.keras(values) }, inputs, BATCH);
    const call: LayerCall = {
      training: false,
      step: tf.scalar(0, 'int32'),
      rows: BATCH,
      masks: shapes.map(() => null),
      update: () => undefined,
      carried: (name) => tf.zeros([...(adapted.states?.[name] ?? [])]),
      leave: () => undefined,
      penalise: () => undefined,
    };
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

describe.skipIf(lacks('the native engine', hasNative))('the engine makes what the block says', () => {
  beforeAll(useNative);

  it.each(layerBlocks)('$type', ({ type, definition, behaviour }) => {
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
