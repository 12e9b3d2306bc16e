/** Small plans, written out by hand, for tests of exporters. */
import type { Json } from '../../shared/document/document';
import type { Plan, PlanLayer } from '../../shared/compiler/plan';

type Shape = (number | null)[];
export interface LayerSketch {
  block: string;
  class_name: string;
  config?: Record<string, Json>;
  inbound: string[];
  /** Without the batch. */
  output: number[];
}

const batched = (shape: number[]): Shape => [null, ...shape];

/** `inputs` gives the shape of each input block, without the batch. */
export function planOf(inputs: Record<string, number[]>, layers: LayerSketch[], outputs: string[]): Plan {
  return {
    version: 1,
    hash: 'test',
    datasets: [],
    inputs: Object.entries(inputs).map(([block, shape]) => ({
      block,
      dataset: 'data',
      columns: [block],
      shape: batched(shape),
    })),
    layers: layers.map(({ output, config = {}, ...layer }): PlanLayer => ({
      ...layer,
      config,
      output_shape: batched(output),
      weights: [],
      parameters: 0,
      multiplyAdds: 0,
    })),
    outputs,
    losses: outputs.map((prediction) => ({
      block: `loss_${prediction}`,
      class_name: 'MeanSquaredError',
      config: {},
      prediction,
      dataset: 'data',
      columns: ['y'],
      predictionMeans: 'values',
      labels: 'values',
      task: 'regression',
      weight: 1,
    })),
    trainers: [],
    totals: { parameters: 0, trainableParameters: 0, multiplyAdds: 0, activationBytes: 0 },
  };
}
