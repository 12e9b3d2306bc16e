/** Runs whose process is killed at a random moment and that go on in another one, beside the same run left alone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { checkpointFile, RUN_FILES, type Report } from '../../../shared/protocol/run';
import { RandomStream } from '../../../shared/random/random';
import { Engine, type Place } from './engine-process';
import type { Drawing } from '../../shared/draw';

const SEED = 3;

/** Numbers of the last epoch's weights and optimizer slots, behind the header, which tells how long training took. */
function lastState(run: string, { epochs }: Report): Buffer {
  const bytes = readFileSync(path.join(run, RUN_FILES.checkpoints, checkpointFile(epochs)));
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
}

function lastCheckpoint(run: string): string | undefined {
  const folder = path.join(run, RUN_FILES.checkpoints);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.safetensors')) : [];
  const last = names.sort().at(-1);
  return last === undefined ? undefined : path.join(folder, last);
}

async function toTheEnd(place: Place, run: string): Promise<Report> {
  const engine = await Engine.start({ role: 'train', cacheFolder: place.cache });
  try {
    const checkpoint = lastCheckpoint(run);
    return await engine.need<Report>('train', { run, folder: place.folder, seed: SEED, checkpoint });
  } finally {
    await engine.quit();
  }
}

/** Kills the process so many milliseconds after it was asked to train. */
async function killAfter(place: Place, run: string, milliseconds: number): Promise<void> {
  const engine = await Engine.start({ role: 'train', cacheFolder: place.cache });
  await engine.until(({ messages }) => messages.length > 0);
  void engine.ask('train', { run, folder: place.folder, seed: SEED });
  setTimeout(() => engine.process.kill(), milliseconds);
  await engine.ended;
}

export interface Killed {
  /** Milliseconds after which it was killed. */
  after: number;
  /** Of the checkpoint that it went on from; null: it began anew. */
  from: string | null;
  same: boolean;
}

/** `times` runs of the same network, each killed once; `same` where losses and weights are those of the run left alone. */
export async function killAndResume(
  place: Place,
  drawing: Drawing,
  times: number,
  tell: (killed: Killed) => void = () => undefined,
): Promise<Killed[]> {
  const whole = place.freeze(drawing);
  const began = performance.now();
  const expected = await toTheEnd(place, whole);
  const duration = performance.now() - began;
  const random = new RandomStream(times, 'test', 'kills');
  const all: Killed[] = [];
  for (let i = 0; i < times; i++) {
    const run = place.freeze(drawing);
    const after = Math.round(random.uniform() * duration);
    await killAfter(place, run, after);
    const checkpoint = lastCheckpoint(run);
    const report = await toTheEnd(place, run);
    const figures = ({ metrics, epochs, steps }: Report): string => JSON.stringify([metrics, epochs, steps]);
    const same =
      figures(report) === figures(expected) &&
      Buffer.compare(lastState(run, report), lastState(whole, expected)) === 0;
    all.push({ after, from: checkpoint === undefined ? null : path.basename(checkpoint), same });
    tell(all[i]);
  }
  return all;
}
