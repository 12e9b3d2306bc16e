/** Trains for long and trains often, and looks whether memory grows: 20,000 steps of one run, then 50 runs in a row. */
import { nativeBackend } from '../../electron/engine/step/recorded/native';
import { tf } from '../../electron/engine/tensorflow';
import { useNative } from '../engine/native';
import { blobs, dense, planOf } from '../engine/plans';
import { newFolder, removeFolders, reportOf, trainRun } from '../engine/runs';

const BATCH = 16;
/** Of resident memory, once it has settled. */
const ALLOWED_GROWTH = 0.05;

interface Look {
  rss: number;
  /** Of the binding, of TensorFlow.js, and recorded graphs. */
  counts: [number, number, number];
}

function look(): Look {
  const binding = nativeBackend()?.binding;
  if (binding === undefined) throw new Error('the native backend is not in use');
  const counts: Look['counts'] = [
    binding.getNumOfTensors(),
    tf.memory().numTensors,
    binding.getNumOfSavedModels(),
  ];
  return { rss: process.memoryUsage.rss(), counts };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const layers = [
  dense('hidden', 64, 'relu'),
  { block: 'norm', class_name: 'BatchNormalization', output_shape: [null, 64] },
  { block: 'drop', class_name: 'Dropout', config: { rate: 0.3 }, output_shape: [null, 64] },
  dense('out', 3, 'softmax'),
];
const adam = { block: 'optimizer', class_name: 'Adam', config: {} };
const plan = (epochs: number) =>
  planOf({
    input: [null, 2],
    layers,
    trainer: { epochs, batch_size: BATCH, optimizer: adam, metrics: ['accuracy'] },
  });

/** What is kept after each, from the moment on when memory has settled. */
function judge(what: string, looks: readonly Look[]): boolean {
  const settled = looks[Math.floor(looks.length / 3)];
  const end = looks[looks.length - 1];
  const growth = end.rss / settled.rss - 1;
  const same = settled.counts.join() === end.counts.join();
  const good = same && growth <= ALLOWED_GROWTH;
  console.log(
    `${what}: resident memory ${looks
      .filter((_, i) => i % Math.ceil(looks.length / 6) === 0)
      .map(({ rss }) => megabytes(rss))
      .join(', ')}, at the end ${megabytes(end.rss)} ` +
      `(${(100 * growth).toFixed(1)} % since a third of the way); tensors ${settled.counts.join('/')} then, ${end.counts.join('/')} at the end ${good ? 'flat' : 'NOT FLAT'}`,
  );
  return good;
}

/** One run; a look at every epoch of 1,000 steps. */
async function longRun(steps: number): Promise<boolean> {
  const looks: Look[] = [];
  const epochs = Math.max(6, Math.round(steps / 1000));
  const run = await trainRun({
    plan: plan(epochs),
    samples: blobs({ train: BATCH * Math.round(steps / epochs), validation: 200 }),
    hear: (event) => void (event.type === 'epoch' && looks.push(look())),
  });
  return judge(`${reportOf(run).steps} steps`, looks);
}

async function manyRuns(runs: number): Promise<boolean> {
  const looks: Look[] = [];
  const samples = blobs({ train: 200, validation: 40 });
  for (let i = 0; i < runs; i++) {
    reportOf(await trainRun({ plan: plan(2), samples, folder: newFolder(), seed: i }));
    looks.push(look());
    removeFolders();
  }
  return judge(`${runs} runs in a row`, looks);
}

/** `[steps] [runs]` */
export async function bench([steps, runs]: readonly string[]): Promise<boolean> {
  await useNative();
  const long = await longRun(Number(steps) || 20_000);
  const many = await manyRuns(Number(runs) || 50);
  return long && many;
}
