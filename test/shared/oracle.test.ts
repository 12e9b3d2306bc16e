/** Shapes and weight counts are compared with the real layers of TensorFlow.js, over hundreds of drawn-up settings. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InferenceResult } from '../../shared/blocks/block';
import { definitionOf, valuesOf } from '../../shared/blocks/catalogue';
import type { Json } from '../../shared/document/document';
import { full } from '../environment';

type Shape = (number | null)[];
type Params = Record<string, Json>;

function infer(type: string, params: Params, shapes: Shape[]): InferenceResult {
  const behaviour = definitionOf(type)?.behaviour;
  if (behaviour?.kind !== 'layer') throw new Error(`${type} is no layer`);
  return behaviour.infer(shapes.map((shape) => ({ shape, from: 'there' })), valuesOf({ type, params })); // prettier-ignore
}

/** What the layer of TensorFlow.js answers: null where it refuses or nothing is left of the picture. */
function ask(
  layer: tf.layers.Layer,
  shapes: Shape[],
): { shape: Shape; weights: number; trainable: number } | null {
  try {
    const inputs = shapes.map((shape) => tf.input({ batchShape: shape }));
    const output = layer.apply(inputs.length === 1 ? inputs[0] : inputs) as tf.SymbolicTensor;
    const count = (weights: tf.LayerVariable[]) =>
      weights.reduce(
        (sum, { shape }) => sum + shape.reduce<number>((product, size) => product * (size ?? 1), 1),
        0,
      );
    if (output.shape.some((size) => size !== null && size <= 0)) return null;
    return { shape: output.shape, weights: layer.countParams(), trainable: count(layer.trainableWeights) };
  } catch {
    return null;
  } finally {
    // A layer that refused its input was never built and owns nothing.
    if (layer.built && layer.inboundNodes.length > 0) layer.dispose();
  }
}

function agree(type: string, params: Params, shapes: Shape[], layer: tf.layers.Layer) {
  const ours = infer(type, params, shapes);
  const theirs = ask(layer, shapes);
  if (!theirs) {
    expect(ours.ok, `${type} ${JSON.stringify(params)} on ${JSON.stringify(shapes)}`).toBe(false);
    return;
  }
  expect(ours).toMatchObject({ ok: true, value: { shape: theirs.shape } });
  if (!ours.ok) return;
  const count = (trainableOnly: boolean) =>
    ours.value.weights
      .filter(({ trainable }) => trainable || !trainableOnly)
      .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  expect([count(false), count(true)]).toEqual([theirs.weights, theirs.trainable]);
}

const size = (max: number) => fc.integer({ min: 1, max });
const pair = (max: number) => fc.tuple(size(max), size(max));
const picture = fc.tuple(fc.constant(null), size(20), size(20), size(5));
const padding = fc.constantFrom('valid' as const, 'same' as const);
const anyShape = fc.oneof(
  picture,
  fc.tuple(fc.constant(null), size(40)),
  fc.tuple(fc.constant(null), size(9), size(9)),
);
/** At least 300 each in the full set. */
const check = (property: fc.IProperty<unknown[]>, numRuns = 150) =>
  fc.assert(property, { numRuns: full ? Math.max(300, numRuns) : numRuns, seed: 5 });

describe('the layers of TensorFlow.js agree', () => {
  it('on Dense', () => {
    check(fc.property(anyShape, size(30), fc.boolean(), (shape, units, use_bias) =>
      agree('Dense', { units, use_bias }, [shape], tf.layers.dense({ units, useBias: use_bias })))); // prettier-ignore
  });

  it('on Conv2D', () => {
    check(fc.property(picture, size(6), pair(5), pair(3), pair(3), padding, fc.boolean(), fc.boolean(), (shape, filters, kernel_size, strides, dilation_rate, pad, use_bias, dilated) => {
      const params = { filters, kernel_size, padding: pad, use_bias, strides: dilated ? [1, 1] : strides, dilation_rate: dilated ? dilation_rate : [1, 1] };
      agree('Conv2D', params, [shape], tf.layers.conv2d({ filters, kernelSize: kernel_size, padding: pad, useBias: use_bias, strides: params.strides, dilationRate: params.dilation_rate as [number, number] }));
    }), 400); // prettier-ignore
  });

  it.each([
    ['MaxPooling2D', tf.layers.maxPooling2d],
    ['AveragePooling2D', tf.layers.averagePooling2d],
  ] as const)('on %s', (type, make) => {
    check(fc.property(picture, pair(5), fc.option(pair(4), { nil: undefined }), padding, (shape, pool_size, strides, pad) =>
      agree(type, { pool_size, padding: pad, ...(strides ? { strides } : {}) }, [shape], make({ poolSize: pool_size, padding: pad, ...(strides ? { strides } : {}) }))), 200); // prettier-ignore
  });

  it('on GlobalAveragePooling2D, Flatten, Dropout and the activations', () => {
    check(fc.property(picture, (shape) => {
      agree('GlobalAveragePooling2D', {}, [shape], tf.layers.globalAveragePooling2d({}));
      agree('Flatten', {}, [shape], tf.layers.flatten());
      agree('Dropout', {}, [shape], tf.layers.dropout({ rate: 0.5 }));
      agree('ReLU', {}, [shape], tf.layers.reLU());
      agree('LeakyReLU', {}, [shape], tf.layers.leakyReLU());
      agree('Softmax', {}, [shape], tf.layers.softmax());
      agree('Tanh', {}, [shape], tf.layers.activation({ activation: 'tanh' }));
      agree('Activation', { activation: 'selu' }, [shape], tf.layers.activation({ activation: 'selu' }));
      agree('PReLU', {}, [shape], tf.layers.prelu());
      agree('PReLU', { shared_axes: [1, 2] }, [shape], tf.layers.prelu({ sharedAxes: [1, 2] }));
    }), 60); // prettier-ignore
  });

  it('on PReLU, which refuses axes that are not there', () => {
    expect(infer('PReLU', { shared_axes: [3] }, [[null, 4, 4]]).ok).toBe(false);
    expect(infer('PReLU', {}, [[null, null, 4]]).ok).toBe(false);
    expect(infer('PReLU', { shared_axes: [1] }, [[null, null, 4]])).toMatchObject({
      value: { weights: [{ name: 'alpha', shape: [1, 4] }] },
    });
  });

  it('on BatchNormalization along any axis', () => {
    check(fc.property(anyShape, fc.constantFrom(-1, -2, 1, 2, 3), fc.boolean(), fc.boolean(), (shape, axis, center, scale) => {
      const index = axis < 0 ? shape.length + axis : axis;
      if (index < 1 || index >= shape.length) expect(infer('BatchNormalization', { axis }, [shape]).ok).toBe(false);
      else agree('BatchNormalization', { axis, center, scale }, [shape], tf.layers.batchNormalization({ axis, center, scale }));
    })); // prettier-ignore
  });

  it('on Reshape', () => {
    // With a free batch TensorFlow.js does not work the -1 out; with a batch of 2 it does.
    const asked = (shape: Shape, target_shape: readonly number[]) =>
      agree(
        'Reshape',
        { target_shape: [...target_shape] },
        [[2, ...shape.slice(1)]],
        tf.layers.reshape({ targetShape: [...target_shape] }),
      );
    const target = fc.array(fc.oneof(size(6), fc.constant(-1)), { minLength: 1, maxLength: 4 });
    const isFree = (sizes: number[]) => sizes.filter((n) => n === -1).length;
    check(
      fc.property(
        anyShape,
        target.filter((sizes) => isFree(sizes) <= 1),
        asked,
      ),
      300,
    );
    const whole = fc.constantFrom([784], [28, 28], [28, 28, 1], [-1, 4], [7, -1, 7], [-1]);
    check(
      fc.property(whole, (target_shape) => asked([null, 784], target_shape)),
      20,
    );
    expect(infer('Reshape', { target_shape: [-1, -1] }, [[null, 4]]).ok).toBe(false);
  });

  it('on Add and Concatenate', () => {
    const near = fc.tuple(
      fc.constant(null),
      fc.constantFrom(4, 5),
      fc.constantFrom(4, 5),
      fc.constantFrom(2, 3),
    );
    check(fc.property(fc.array(near, { minLength: 2, maxLength: 3 }), (shapes) => {
      agree('Add', {}, shapes, tf.layers.add());
      agree('Concatenate', {}, shapes, tf.layers.concatenate());
      agree('Concatenate', { axis: 1 }, shapes, tf.layers.concatenate({ axis: 1 }));
    }), 200); // prettier-ignore
  });

  it('on Conv2DTranspose, DepthwiseConv2D and SeparableConv2D', () => {
    check(fc.property(picture, size(4), pair(4), pair(3), padding, fc.boolean(), (shape, filters, kernel_size, strides, pad, use_bias) =>
      agree('Conv2DTranspose', { filters, kernel_size, strides, padding: pad, use_bias }, [shape], tf.layers.conv2dTranspose({ filters, kernelSize: kernel_size, strides, padding: pad, useBias: use_bias })))); // prettier-ignore
    check(fc.property(picture, size(3), pair(4), size(3), size(3), padding, fc.boolean(), (shape, depth_multiplier, kernel_size, stride, rate, pad, use_bias) => {
      const strides: [number, number] = [stride, stride];
      const dilation_rate: [number, number] = stride > 1 ? [1, 1] : [rate, rate];
      const params = { depth_multiplier, kernel_size, strides, dilation_rate, padding: pad, use_bias };
      const args = { depthMultiplier: depth_multiplier, kernelSize: kernel_size, strides, dilationRate: dilation_rate, padding: pad, useBias: use_bias };
      agree('SeparableConv2D', { ...params, filters: 5 }, [shape], tf.layers.separableConv2d({ ...args, filters: 5 }));
      // TensorFlow.js leaves the dilation out of the shape of a DepthwiseConv2D.
      agree('DepthwiseConv2D', { ...params, dilation_rate: [1, 1] }, [shape], tf.layers.depthwiseConv2d({ ...args, dilationRate: [1, 1] }));
    })); // prettier-ignore
  });

  const sequence = fc.tuple(fc.constant(null), size(20), size(5));

  it('on Conv1D and pooling along sequences', () => {
    check(fc.property(sequence, size(5), size(5), size(3), size(3), padding, fc.boolean(), (shape, filters, kernel, stride, rate, pad, use_bias) => {
      const dilation = stride > 1 ? 1 : rate;
      agree('Conv1D', { filters, kernel_size: kernel, strides: stride, dilation_rate: dilation, padding: pad, use_bias }, [shape], tf.layers.conv1d({ filters, kernelSize: kernel, strides: stride, dilationRate: dilation, padding: pad, useBias: use_bias }));
    })); // prettier-ignore
    check(fc.property(sequence, size(5), fc.option(size(4), { nil: undefined }), padding, (shape, pool, stride, pad) => {
      for (const [type, make] of [['MaxPooling1D', tf.layers.maxPooling1d], ['AveragePooling1D', tf.layers.averagePooling1d]] as const)
        agree(type, { pool_size: pool, padding: pad, ...(stride ? { strides: stride } : {}) }, [shape], make({ poolSize: pool, padding: pad, ...(stride ? { strides: stride } : {}) }));
    })); // prettier-ignore
  });

  it('on padding, cropping, enlarging, noise and global pooling', () => {
    const frame = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(4));
    check(fc.property(picture, sequence, frame, pair(4), (shape, steps, [top, bottom, left, right], times) => {
      const sides: [[number, number], [number, number]] = [[top, bottom], [left, right]];
      agree('ZeroPadding2D', { padding: [top, bottom, left, right] }, [shape], tf.layers.zeroPadding2d({ padding: sides }));
      agree('Cropping2D', { cropping: [top, bottom, left, right] }, [shape], tf.layers.cropping2D({ cropping: sides }));
      agree('UpSampling2D', { size: times }, [shape], tf.layers.upSampling2d({ size: times }));
      agree('GlobalMaxPooling2D', {}, [shape], tf.layers.globalMaxPooling2d({}));
      agree('GlobalMaxPooling1D', {}, [steps], tf.layers.globalMaxPooling1d());
      agree('GlobalAveragePooling1D', {}, [steps], tf.layers.globalAveragePooling1d());
      agree('GaussianNoise', {}, [shape], tf.layers.gaussianNoise({ stddev: 0.1 }));
      agree('SpatialDropout2D', {}, [shape], tf.layers.dropout({ rate: 0.5 }));
    })); // prettier-ignore
  });

  it('on Permute, RepeatVector, Rescaling and the normalisations of samples', () => {
    const order = fc.shuffledSubarray([1, 2, 3], { minLength: 3 });
    check(fc.property(picture, order, size(9), fc.constantFrom(-1, 1, 2, 3), fc.boolean(), (shape, dims, n, axis, center) => {
      agree('Permute', { dims }, [shape], tf.layers.permute({ dims }));
      agree('RepeatVector', { n }, [[null, shape[1]]], tf.layers.repeatVector({ n }));
      agree('LayerNormalization', { axis, center }, [shape], tf.layers.layerNormalization({ axis, center }));
      for (const type of ['Rescaling', 'UnitNormalization']) expect(infer(type, {}, [shape])).toMatchObject({ ok: true, value: { shape } });
    }), 80); // prettier-ignore
    expect(infer('Permute', { dims: [1, 2] }, [[null, 4, 4, 1]]).ok).toBe(false);
    expect(infer('Permute', { dims: [1, 1] }, [[null, 4, 4]]).ok).toBe(false);
    expect(infer('RepeatVector', {}, [[null, 4, 4]]).ok).toBe(false);
    expect(infer('UnitNormalization', { axis: 4 }, [[null, 4]]).ok).toBe(false);
  });

  it('on recurrent layers, Bidirectional, TimeDistributed and Embedding', () => {
    check(fc.property(sequence, size(6), fc.boolean(), fc.boolean(), fc.constantFrom('concat' as const, 'sum' as const), (shape, units, all, use_bias, merge_mode) => {
      const [params, args] = [{ units, return_sequences: all, use_bias }, { units, returnSequences: all, useBias: use_bias }];
      agree('SimpleRNN', params, [shape], tf.layers.simpleRNN(args));
      agree('LSTM', params, [shape], tf.layers.lstm(args));
      agree('GRU', { ...params, reset_after: false }, [shape], tf.layers.gru(args));
      agree('Bidirectional', { ...params, merge_mode }, [shape], tf.layers.bidirectional({ layer: tf.layers.lstm(args), mergeMode: merge_mode }));
      agree('TimeDistributed', { units }, [shape], tf.layers.timeDistributed({ layer: tf.layers.dense({ units }) }));
      agree('Embedding', { input_dim: 7, output_dim: units }, [[null, shape[1]]], tf.layers.embedding({ inputDim: 7, outputDim: units }));
      agree('Masking', {}, [shape], tf.layers.masking());
    }), 25); // prettier-ignore
    for (const type of ['LSTM', 'Bidirectional', 'Masking', 'PositionEmbedding'])
      expect(infer(type, {}, [[null, 4]]).ok).toBe(false);
  });

  it('on the merges value by value and on Dot', () => {
    const near = fc.tuple(fc.constant(null), fc.constantFrom(3, 4), fc.constantFrom(2, 3));
    check(fc.property(near, near, near, (a, b, c) => {
      agree('Multiply', {}, [a, b, c], tf.layers.multiply());
      agree('Average', {}, [a, b, c], tf.layers.average());
      agree('Maximum', {}, [a, b, c], tf.layers.maximum());
      agree('Minimum', {}, [a, b, c], tf.layers.minimum());
      agree('Subtract', {}, [a, b], tf.layers.add());
      agree('Dot', { axes: [1, 1] }, [a, b], tf.layers.dot({ axes: 1 }));
      agree('Dot', { axes: [-1, 2] }, [a, b], tf.layers.dot({ axes: [2, 2] }));
      agree('Dot', {}, [[null, a[1]], [null, b[1]]], tf.layers.dot({ axes: -1 }));
    }), 60); // prettier-ignore
  });
});
