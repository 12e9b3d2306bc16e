/** Layers that read sequences, written for TensorFlow.js and read back, predict what they predict here. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/compiler/plan';
import { RandomStream } from '../../shared/random/random';
import { ok, type Result } from '../../shared/result';
import { buildNetwork } from '../../electron/engine/network/network';
import { tf } from '../../electron/engine/tensorflow';
import { modelFiles, writeFolder } from '../../electron/export/tfjs/folder';
import { artifactsOf, layersModelOf } from '../../electron/export/tfjs/model';
import { topologyOf } from '../../electron/export/tfjs/topology';
import { verifyTfjs } from '../../electron/export/tfjs/verify';
import { planOf, type LayerSketch } from './plans';

let folder: string;
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const N = 4;

/** The largest difference of a prediction after writing and reading, with random weights on whole numbers from 0 to 8. */
async function written(plan: Plan): Promise<Result<number>> {
  const topology = topologyOf(plan);
  if (!topology.ok) return topology;
  const network = buildNetwork(plan, { seed: 2 });
  const random = new RandomStream(2, 'test', 'sequences');
  const weights = network.readWeights();
  for (const { values } of weights.values()) values.forEach((_, i) => (values[i] = 0.5 * random.normal()));
  network.writeWeights(weights);
  const shape = [N, ...plan.inputs[0].shape.slice(1).map((size) => size ?? 1)];
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.below(9));
  const outputs = tf.tidy(() => {
    const forward = network.forward(new Map([['x', tf.tensor(values, shape)]]), {
      training: false,
      step: tf.scalar(0, 'int32'),
    });
    return plan.outputs.map((block) => Float32Array.from(forward.outputs.get(block)?.dataSync() ?? []));
  });
  const model = await layersModelOf(plan, topology.value, network.readWeights());
  const target = path.join(folder, String(Math.random()).slice(2));
  const done = await writeFolder(target, modelFiles(await artifactsOf(model)), () =>
    Promise.resolve(ok(null)),
  );
  if (!done.ok) return done;
  return verifyTfjs(target, { inputs: [{ shape, values }], outputs });
}

type Sketch = [class_name: string, config: LayerSketch['config'], output: number[]];
const row = (input: number[], ...layers: Sketch[]): Plan =>
  planOf(
    { x: input },
    layers.map(([class_name, config, output], i) => ({
      block: `b${i}`,
      class_name,
      config,
      inbound: [i === 0 ? 'x' : `b${i - 1}`],
      output,
    })),
    [`b${layers.length - 1}`],
  );
const both = (
  class_name: string,
  config: Record<string, number | boolean>,
  merge_mode = 'concat',
): Sketch => [
  'Bidirectional',
  { layer: { class_name, config: { units: 3, ...config } }, merge_mode },
  config.return_sequences ? [5, 6] : [6],
];
const words: Sketch = ['Embedding', { input_dim: 9, output_dim: 4, mask_zero: true }, [5, 4]];
const every = { return_sequences: true };

describe('the exported model predicts the same', () => {
  it.each([
    ['SimpleRNN', row([5, 2], ['SimpleRNN', { units: 3, activation: 'relu', use_bias: false }, [3]])],
    ['LSTM', row([5, 2], ['LSTM', { units: 3 }, [3]])],
    ['LSTM backwards, every step', row([5, 2], ['LSTM', { units: 3, go_backwards: true, ...every }, [5, 3]])],
    ['GRU without reset_after', row([5, 2], ['GRU', { units: 3, reset_after: false }, [3]])],
    ['Bidirectional LSTM', row([5, 2], both('LSTM', {}))],
    ['Bidirectional SimpleRNN, every step', row([5, 2], both('SimpleRNN', every))],
    ['Bidirectional GRU, every step', row([5, 2], both('GRU', { reset_after: false, ...every }))],
    ['TimeDistributed Dense', row([5, 2], ['TimeDistributed', { layer: { class_name: 'Dense', config: { units: 3, activation: 'tanh' } } }, [5, 3]])],
    ['words with a mask, LSTM', row([5], words, ['LSTM', { units: 3 }, [3]])],
    ['words with a mask, two layers', row([5], words, ['LSTM', { units: 3, ...every }, [5, 3]], ['GRU', { units: 2, reset_after: false }, [2]])],
    ['Masking, SimpleRNN', row([5, 1], ['Masking', { mask_value: 3 }, [5, 1]], ['SimpleRNN', { units: 3 }, [3]])],
  ])('%s', async (_name, plan) => {
    expect(await written(plan)).toMatchObject({ ok: true });
  });
}); // prettier-ignore

describe('what TensorFlow.js cannot hold', () => {
  it.each([
    ['GRU with reset_after', row([5, 2], ['GRU', { units: 3 }, [3]]), 'the GRU only in its older form'],
    ['Bidirectional GRU with reset_after', row([5, 2], both('GRU', {})), 'the GRU only in its older form'],
    ['hard sigmoid gates', row([5, 2], ['LSTM', { units: 3, recurrent_activation: 'hard_sigmoid' }, [3]]), 'no activation that computes hard_sigmoid'],
    ['positions', row([5, 2], ['PositionEmbedding', { kind: 'learned' }, [5, 2]]), 'adds positions'],
    ['a masked average', row([5], words, ['GlobalAveragePooling1D', {}, [4]]), 'averages padding too'],
    ['a mask in both directions', row([5], words, both('LSTM', every)), 'masks'],
  ])('%s is refused with the reason', async (_name, plan, reason) => {
    expect(await written(plan)).toMatchObject({ ok: false, problem: { message: expect.stringContaining(reason) as string } });
  });
}); // prettier-ignore
