/**
 * The gradients of the application's own layers are the slopes that are measured when inputs and weights are moved a little.
 * Values are float32: sums are taken in double precision, and five points make a step of 0.01 exact enough.
 */
import fc from 'fast-check';
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { valuesOf } from '../../../shared/blocks/catalogue';
import { RandomStream } from '../../../shared/random/random';
import { adaptLayer } from '../../../electron/engine/network/keras-adapter';
import type { LayerCall } from '../../../electron/engine/network/layer-call';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { drawn, layerBlocks, type LayerBlock } from '../../shared/blocks/drawn';
import { hasNative, useNative } from '../native';

/** Computed from operations whose gradients are put together here, beside those that Keras lacks. */
const COMPOSED = new Set([
  'Conv1D', 'Conv2D', 'Conv3D', 'Conv1DTranspose', 'Conv2DTranspose', 'Conv3DTranspose', 'DepthwiseConv2D', 'SeparableConv2D', 'UpSampling2D', 'Resizing', 'EinsumDense',
  'ConvLSTM1D', 'ConvLSTM2D', 'GRU', 'LSTM', 'MultiHeadAttention', 'GroupQueryAttention', 'GroupNormalization',
  'RandomRotation', 'RandomTranslation', 'RandomZoom', 'RandomContrast', 'RandomCrop',
]); // prettier-ignore
/** Those that have no slope on purpose, or jump. */
const WITHOUT_SLOPE = new Set([
  'StopGradient',
  'BinaryThreshold',
  'Noise',
  'SaltAndPepperNoise',
  'MaxUnpooling2D',
]);
const STEP = 0.01;

const checked = layerBlocks.filter(
  ({ type, definition, behaviour }) =>
    !WITHOUT_SLOPE.has(type) &&
    (COMPOSED.has(type) || behaviour.keras(valuesOf({ type: definition.type, params: {} })).registered_name !== undefined), // prettier-ignore
);

const size = (sizes: readonly number[]) => sizes.reduce((product, n) => product * n, 1);

/** Settings and inputs of moderate size that the block takes, with smooth functions inside. */
function settingOf({ type, definition, behaviour }: LayerBlock) {
  const draws = fc.sample(drawn(definition, valuesOf({ type, params: {} })), { numRuns: 3000, seed: 5 });
  const smooth = { ...('activation' in definition.parameters ? { activation: 'tanh' } : {}), ...('recurrent_activation' in definition.parameters ? { recurrent_activation: 'sigmoid' } : {}), ...(type === 'Maths' ? { function: 'sin' } : {}), ...(type === 'Reduction' ? { function: 'std' } : {}) }; // prettier-ignore
  for (const { params, shapes } of draws) {
    const values = valuesOf({ type, params: { ...params, ...smooth, trainable: true } });
    const inputs = shapes.map((sizes) => [null, ...sizes]);
    const inferred = behaviour.infer(inputs.map((shape) => ({ shape, from: 'there' })), values); // prettier-ignore
    if (inferred.ok && shapes.some((sizes) => size(sizes) > 5) && shapes.every((sizes) => size(sizes) < 300))
      return { values, shapes };
  }
  throw new Error(`nothing was drawn up that ${type} takes`);
}

describe.skipIf(lacks('the native engine', hasNative))('the gradient is the measured slope', () => {
  beforeAll(useNative);

  it.each(checked)('of $type', (block) => {
    const { values, shapes } = settingOf(block);
    const random = new RandomStream(2, block.type, 'gradient');
    const draw = (shape: number[], of: () => number): Tensor =>
      tf.tensor(Float32Array.from({ length: size(shape) }, of), shape);
    const inputs = shapes.map((sizes) => [null, ...sizes]);
    const adapted = adaptLayer({ block: 'x', ...block.behaviour.keras(values) }, inputs, 2);
    const layer = adapted.create(1);
    if (layer !== null) layer.build(inputs.length === 1 ? inputs[0] : inputs);
    const weights = (layer?.trainableWeights ?? []).map((weight) => weight.read() as Variable);
    for (const weight of weights) weight.assign(draw(weight.shape, () => 0.3 * random.normal()));
    const xs = shapes.map((sizes) => tf.variable(draw([2, ...sizes], () => 0.2 + 0.6 * random.uniform())));
    const moved = [...xs, ...weights];

    let shares: Tensor | null = null;
    /** A weighed sum of what the layer puts out, and what it adds to the loss. */
    const terms = (): Tensor[] => {
      const penalties: Tensor[] = [];
      const call: LayerCall = {
        training: true,
        step: tf.scalar(3, 'int32'),
        rows: 2,
        masks: shapes.map(() => null),
        update: () => undefined,
        carried: (name) => tf.zeros([...(adapted.states?.[name] ?? [])]),
        leave: () => undefined,
        penalise: (term) => penalties.push(term),
      };
      const before = layer === null ? xs[0] : (layer.call(xs, { ...call }) as Tensor);
      const y = adapted.activation?.apply(before) ?? before;
      shares ??= tf.keep(draw(y.shape, () => random.normal()));
      return [tf.mul(y, shares), ...penalties];
    };
    const value = (): number =>
      tf.tidy(() =>
        terms().reduce((sum, term) => sum + term.dataSync<'float32'>().reduce((a, b) => a + b, 0), 0),
      );

    const { grads } = tf.variableGrads(() => tf.addN(terms().map((term) => tf.sum(term))).asScalar(), moved);
    const slope = moved.map((variable) => draw(variable.shape, () => random.normal()));
    const start = moved.map((variable) => tf.keep(tf.clone(variable)));
    const at = (t: number): number => {
      moved.forEach((variable, i) => variable.assign(tf.add(start[i], tf.mul(slope[i], t))));
      return value();
    };
    const measured = (8 * (at(STEP) - at(-STEP)) - (at(2 * STEP) - at(-2 * STEP))) / (12 * STEP);
    // Without a gradient the sum does not depend on it.
    const parts = moved.map(({ name }, i) => {
      const gradient = grads[name] as Tensor | null | undefined;
      return !gradient ? [0] : [...tf.mul(gradient, slope[i]).dataSync<'float32'>()];
    });
    const computed = parts.flat().reduce((a, b) => a + b, 0);
    const scale = Math.sqrt(parts.flat().reduce((sum, part) => sum + part * part, 0)) + 1e-3;
    expect(Math.abs(measured - computed) / scale).toBeLessThan(5e-3);
  });
});
