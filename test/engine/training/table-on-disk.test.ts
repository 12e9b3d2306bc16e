import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../shared/random/random';
import type { DatasetStep } from '../../../shared/compiler/plan';
import { loadPrepared } from '../../../electron/data/prepared';
import { isOnDisk } from '../../../electron/data/values';
import { checkpointPath, readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import type { Samples } from '../../../electron/engine/step/samples';
import { planSamples, planUses } from '../../../electron/engine/training/plan-samples';
import { temporaryFolder, valueOf, writeIn } from '../../data/made-files';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, trainSteps } from '../runs';

const BATCH = 16;
const COLUMNS = ['a', 'b', 'c', 'city'];
const root = temporaryFolder();
const cacheFolder = path.join(root, 'cache');

const steps: DatasetStep[] = [
  { block: 'data', type: 'CsvTable', reader: 'csv', params: { path: 'table.csv', missing: 'mean' }, from: null },
  { block: 'split', type: 'Split', params: { seed: 1 }, from: 'data' },
  { block: 'standard', type: 'Standardize', params: {}, from: 'split' },
  { block: 'one-hot', type: 'OneHot', params: { columns: ['city'] }, from: 'standard' },
]; // prettier-ignore

const basePlan = planOf({
  input: [null, 6],
  layers: [dense('hidden', 8, 'relu'), dense('out', 3, 'softmax')],
  trainer: {
    epochs: 4,
    batch_size: BATCH,
    optimizer: { block: 'optimizer', class_name: 'Adam', config: { learning_rate: 0.01 } },
    metrics: ['accuracy'],
  },
});
const plan = {
  ...basePlan,
  datasets: steps,
  inputs: basePlan.inputs.map((input) => ({ ...input, dataset: 'one-hot', columns: COLUMNS })),
  losses: basePlan.losses.map((loss) => ({ ...loss, dataset: 'one-hot', columns: ['kind'] })),
};

function makeTable(): void {
  const random = new RandomStream(3, 'test', 'table');
  const rows = Array.from({ length: 300 }, () => {
    const numbers = Array.from({ length: 3 }, () => (random.below(20) === 0 ? '' : String(random.uniform() * 100)));
    return [...numbers, ['Bergen', 'Turku', 'Aarhus'][random.below(3)], ['x', 'y', 'z'][random.below(3)]].join(',');
  }); // prettier-ignore
  writeIn(root, 'table.csv', `a,b,c,city,kind\n${rows.join('\n')}\n`);
}

async function samplesWith(room: number): Promise<Samples> {
  const context = { folder: root, room, cacheFolder };
  const { prepared } = valueOf(await loadPrepared(plan.datasets, planUses(plan), context));
  return planSamples(plan, prepared);
}

const stateOf = (folder: string) => valueOf(readCheckpoint(checkpointPath(folder, 4))).state;

describe.skipIf(lacks('the native engine', hasNative))(
  'training on a table that does not fit into memory',
  () => {
    beforeAll(async () => {
      await useNative();
      makeTable();
    });
    afterAll(removeFolders);

    it('ends with the same weights and figures, also where it goes on and nothing is measured again', async () => {
      const held = await samplesWith(Infinity);
      const onDisk = await samplesWith(100);
      expect([held, onDisk].map(({ inputs }) => [...inputs.values()].map(({ values }) => isOnDisk(values)))).toEqual([[false], [true]]); // prettier-ignore
      const expected = await trainRun({ plan, samples: held, seed: 7 });
      const whole = await trainRun({ plan, samples: onDisk, seed: 7 });
      expect(reportOf(whole).metrics).toEqual(reportOf(expected).metrics);
      expect(stateOf(whole.folder)).toEqual(stateOf(expected.folder));

      const folder = newFolder();
      reportOf(await trainSteps(20, { plan, samples: onDisk, seed: 7, folder }));
      const again = await samplesWith(100);
      const gone = await trainRun({
        plan,
        samples: again,
        seed: 7,
        folder,
        checkpoint: checkpointPath(folder, 2),
      });
      expect(reportOf(gone).metrics).toEqual(reportOf(expected).metrics);
      expect(stateOf(folder)).toEqual(stateOf(expected.folder));
    });
  },
);
