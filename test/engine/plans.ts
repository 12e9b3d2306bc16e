/** Small plans and samples for engine tests, written by hand so that they need neither compiler nor readers. */
import type { Json } from '../../shared/document/document';
import {
  weightKey,
  type Plan,
  type PlanLayer,
  type PlanLoss,
  type PlanTrainer,
} from '../../shared/compiler/plan';
import { RandomStream } from '../../shared/random/random';
import type { Samples } from '../../electron/engine/step/samples';

type LayerSketch = Omit<Partial<PlanLayer>, 'config'> & {
  block: string;
  class_name: string;
  config?: Record<string, Json>;
  output_shape: (number | null)[];
};

export interface PlanSketch {
  input: (number | null)[];
  layers: LayerSketch[];
  loss?: Partial<PlanLoss>;
  trainer?: Partial<PlanTrainer>;
}

/** Layers stand in a row unless they say what they read. */
export function planOf({ input, layers, loss, trainer }: PlanSketch): Plan {
  const complete = layers.map((layer, i): PlanLayer => ({
    inbound: [i === 0 ? 'input' : layers[i - 1].block],
    weights: [],
    parameters: 0,
    multiplyAdds: 0,
    config: {},
    ...layer,
  }));
  const last = complete[complete.length - 1].block;
  return {
    version: 1,
    hash: 'test',
    datasets: [{ block: 'data', type: 'ToyData', reader: 'toy', params: {}, from: null }],
    inputs: [{ block: 'input', dataset: 'data', columns: ['x'], shape: input }],
    layers: complete,
    outputs: [last],
    losses: [
      {
        block: 'loss',
        class_name: 'SparseCategoricalCrossentropy',
        config: {},
        prediction: last,
        dataset: 'data',
        columns: ['y'],
        predictionMeans: 'probabilities',
        labels: 'index',
        task: 'classification',
        weight: 1,
        ...loss,
      },
    ],
    trainers: [
      {
        block: 'train',
        optimizer: { block: 'optimizer', class_name: 'SGD', config: {} },
        losses: ['loss'],
        epochs: 3,
        batch_size: 16,
        shuffle: true,
        metrics: [],
        class_weight: null,
        monitor: 'val_loss',
        restore_best_weights: true,
        early_stopping: null,
        trainable: null,
        ...trainer,
      },
    ],
    totals: { parameters: 0, trainableParameters: 0, multiplyAdds: 0, activationBytes: 0 },
  };
}

export const dense = (
  block: string,
  units: number,
  activation: string,
  more: Record<string, Json> = {},
): LayerSketch => ({
  block,
  class_name: 'Dense',
  config: { units, activation, use_bias: true, ...more },
  output_shape: [null, units],
});

export interface SketchedParts {
  train: number;
  validation?: number;
  test?: number;
}

const ascending = (from: number, count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => from + i);

export function samplesOf(
  x: { values: Float32Array | Uint8Array; shape: number[]; scale?: number },
  y: { values: Float32Array | Int32Array; shape: number[] },
  { train, validation = 0, test = 0 }: SketchedParts,
): Samples {
  return {
    inputs: new Map([['input', { scale: 1, offset: 0, ...x }]]),
    labels: new Map([['loss', { scale: 1, offset: 0, ...y }]]),
    parts: {
      train: ascending(0, train),
      validation: ascending(train, validation),
      test: ascending(train + validation, test),
    },
  };
}

/** Blobs around three corners: classes that a small network can tell apart. */
export function blobs(parts: SketchedParts, seed = 1): Samples {
  const n = parts.train + (parts.validation ?? 0) + (parts.test ?? 0);
  const random = new RandomStream(seed, 'test', 'blobs');
  const x = new Float32Array(n * 2);
  const y = new Int32Array(n);
  const centers = [
    [0, 0],
    [2, 0],
    [0, 2],
  ];
  for (let i = 0; i < n; i++) {
    y[i] = i % 3;
    x[2 * i] = centers[y[i]][0] + 0.4 * random.normal();
    x[2 * i + 1] = centers[y[i]][1] + 0.4 * random.normal();
  }
  return samplesOf({ values: x, shape: [2] }, { values: y, shape: [] }, parts);
}

export const key = weightKey;
