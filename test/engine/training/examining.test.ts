/** A run looks into its own steps: what it finds, what it measures, and that it changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointPath, readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import type { Json } from '../../../shared/document/document';
import type { Plan } from '../../../shared/compiler/plan';
import { RunControl } from '../../../electron/engine/training/control';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun } from '../runs';

const samples = blobs({ train: 300, validation: 400 });
const constant = (value: number): Json => ({ class_name: 'Constant', config: { value } });
const normal = (stddev: number): Json => ({ class_name: 'RandomNormal', config: { mean: 0, stddev } });
const planWith = (
  hidden: ReturnType<typeof dense>[],
  trainer: Parameters<typeof planOf>[0]['trainer'] = {},
) =>
  planOf({
    input: [null, 2],
    layers: [...hidden, dense('out', 3, 'softmax')],
    trainer: { epochs: 1, ...trainer },
  });

const codesOf = async (plan: Plan): Promise<string[]> => {
  const run = await trainRun({ plan, samples, examine: 'always' });
  return reportOf(run).diagnostics.map(({ code }) => code);
};

const adam = { block: 'adam', class_name: 'Adam', config: { learning_rate: 0.01 } };

describe.skipIf(lacks('the native engine', hasNative))('a run that looks into its steps', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it.each([
    ['run/dead-units', [dense('hidden', 16, 'relu', { bias_initializer: constant(-50) })]],
    ['run/saturated', [dense('hidden', 16, 'tanh', { kernel_initializer: normal(60) })]],
    [
      'run/vanishing',
      Array.from({ length: 8 }, (_, i) => dense(`d${i}`, 8, 'sigmoid', { kernel_initializer: normal(0.2) })),
    ],
    ['run/saddle', [dense('hidden', 8, 'relu', { kernel_initializer: 'zeros' })]],
  ])('finds %s where the network has it', async (code, hidden) => {
    const plan =
      code === 'run/saddle'
        ? planOf({
            input: [null, 2],
            layers: [...hidden, dense('out', 3, 'softmax', { kernel_initializer: 'zeros', use_bias: false })],
            trainer: { epochs: 1 },
          })
        : planWith(hidden);
    expect(await codesOf(plan)).toContain(code);
  });

  it('finds nothing in a network that learns', async () => {
    const plan = planWith([dense('hidden', 16, 'relu')], { optimizer: adam, epochs: 3 });
    expect(await codesOf(plan)).toEqual([]);
  });

  it('ends with the same bits as one that does not look', async () => {
    const plan = planWith(
      [
        dense('hidden', 16, 'relu'),
        { block: 'drop', class_name: 'Dropout', config: { rate: 0.3 }, output_shape: [null, 16] },
      ],
      { optimizer: adam, epochs: 3 },
    );
    const weights = await Promise.all(
      (['always', 'never'] as const).map(async (examine) => {
        const folder = newFolder();
        const run = await trainRun({ plan, samples, folder, examine });
        expect(run.of('examined')).toHaveLength(examine === 'always' ? 3 : 0);
        const read = readCheckpoint(checkpointPath(folder, 3));
        if (!read.ok) throw new Error(read.problem.message);
        return read.value.state;
      }),
    );
    expect(weights[0]).toEqual(weights[1]);
  });

  it('says where the time of a step goes, for every block, when a person asks', async () => {
    const control = new RunControl();
    const plan = planWith([dense('wide', 512, 'relu'), dense('narrow', 2, 'tanh')], { epochs: 100_000 });
    const asked: ReturnType<typeof control.ask<'profile'>>[] = [];
    const run = await trainRun({
      plan,
      samples,
      control,
      examine: 'never',
      hear: ({ type }) => {
        if (type !== 'epoch' || asked.length > 0) return;
        asked.push(control.ask('profile'));
        void asked[0].then(() => control.stop());
      },
    });
    const answer = await asked[0];
    expect(answer).toEqual({ ok: true, value: expect.objectContaining({ batchSize: 16 }) as unknown });
    const [{ blocks, milliseconds }] = run.of('examined');
    expect(blocks.map(({ block }) => block)).toEqual(['wide', 'narrow', 'out']);
    for (const { forward, backward } of blocks) expect(Math.min(forward, backward)).toBeGreaterThan(0);
    const sum = blocks.reduce((total, { forward }) => total + forward, 0);
    expect(sum).toBeCloseTo(milliseconds.forward, 6);
    expect(blocks.reduce((total, { backward }) => total + backward, 0)).toBeLessThan(milliseconds.backward);
    expect(blocks.map(({ learning }) => learning?.weights)).toEqual([3 * 512, 513 * 2, 3 * 3]);
  });
});
