/** A whole run of the engine in a process of its own, on a task that is read as one line of JSON: says its largest resident memory. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { RunControl } from '../../../electron/engine/training/control';
import { train } from '../../../electron/engine/training/train';
import { loadNative } from '../../../electron/setup/load-native';
import { nativeFolder } from '../../../electron/setup/locations';
import { madeUp } from './made-up';
import type { Task } from './worker';

const EPOCHS = 2;
/** One of so many samples is for validation. */
const HELD_OUT = 5;

async function peakOf(task: Task): Promise<number> {
  const native = await loadNative(nativeFolder());
  if (!native.ok) throw new Error(native.problem.message);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-bench-memory-'));
  const trainers = task.plan.trainers.map((trainer) => ({ ...trainer, epochs: EPOCHS }));
  try {
    const trained = await train({
      plan: { ...task.plan, trainers },
      prepared: madeUp(task, HELD_OUT),
      seed: 1,
      folder,
      engine: { backend: 'tensorflow', version: native.value.version },
      emit: () => undefined,
      control: new RunControl(),
    });
    if (!trained.ok) throw new Error(trained.problem.message);
    return process.resourceUsage().maxRSS * 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void text(process.stdin)
  .then((line) => peakOf(JSON.parse(line) as Task))
  .then((peakBytes) => process.stdout.write(JSON.stringify({ peakBytes })))
  .then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(error instanceof Error ? error.message : String(error));
      process.exit(1);
    },
  );
