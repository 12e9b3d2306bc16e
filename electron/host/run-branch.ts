/** Makes a run that goes on from a state that another one kept. The other one stays as it is, whatever comes after. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { RUN_FILES, type RunEvent, type RunRecord } from '../../shared/protocol/run';
import { fail, ok, type Result } from '../../shared/result';
import { fileProblem } from './file-problem';
import { Ledger, makeRunFolder, readEvents, writeRecord } from './run-folder';

const FROZEN = [RUN_FILES.document, RUN_FILES.plan, RUN_FILES.facts, RUN_FILES.preparation];

type EpochEvent = Extract<RunEvent, { type: 'epoch' }>;

const keeps = (event: RunEvent, checkpoint: string): boolean =>
  (event.type === 'snapshot' || event.type === 'epoch') && event.checkpoint === checkpoint;

/** What was said until the state was kept, without ends of stretches and without other snapshots, whose files stay there. */
function pastOf(events: readonly RunEvent[], checkpoint: string): RunEvent[] {
  const end = events.reduce((last, event, i) => (keeps(event, checkpoint) ? i : last), -1);
  const left: readonly RunEvent['type'][] = ['report', 'lost', 'failed', 'snapshot'];
  return events.slice(0, end + 1).filter((event) => keeps(event, checkpoint) || !left.includes(event.type));
}

/** Files of these epochs: `epoch-0003.safetensors`, `validation-0003.npy`. */
async function copyEpochs(from: string, to: string, epochs: ReadonlySet<number>): Promise<void> {
  // A run that goes removes old checkpoints meanwhile.
  const copyIfThere = (name: string) =>
    fs.copyFile(path.join(from, name), path.join(to, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  const names = await fs.readdir(from).catch(() => []);
  await fs.mkdir(to, { recursive: true });
  for (const name of names) {
    const epoch = Number(/-(\d{4,})\.(?:safetensors|npy)$/.exec(name)?.[1] ?? NaN);
    if (epochs.has(epoch) && !name.startsWith('step-')) await copyIfThere(name);
  }
}

async function fill(run: string, from: RunRecord, checkpoint: string): Promise<number> {
  const past = pastOf(await readEvents(from.run), checkpoint);
  const epochs = new Set(
    past.filter((event): event is EpochEvent => event.type === 'epoch').map(({ epoch }) => epoch),
  );
  for (const name of FROZEN) await fs.copyFile(path.join(from.run, name), path.join(run, name));
  for (const folder of [RUN_FILES.checkpoints, RUN_FILES.predictions, RUN_FILES.losses])
    await copyEpochs(path.join(from.run, folder), path.join(run, folder), epochs);
  const file = path.join(RUN_FILES.checkpoints, checkpoint);
  await fs.copyFile(path.join(from.run, file), path.join(run, file));
  const ledger = new Ledger(run, () => undefined);
  for (const event of past) ledger.append(event);
  await ledger.settled();
  return Math.max(0, ...epochs);
}

/** `name` as it stands in the folder of checkpoints, with or without its ending. Problems: `run/no-snapshot`, of the file system. */
export async function branchRun(from: RunRecord, name: string): Promise<Result<RunRecord>> {
  const kept = await fs.readdir(path.join(from.run, RUN_FILES.checkpoints)).catch(() => []);
  const checkpoint = kept.find((one) => one === name || one === `${name}.safetensors`);
  if (checkpoint === undefined)
    return fail(
      'run/no-snapshot',
      `Run ${from.number} has no snapshot ${name}. ${kept.length === 0 ? 'It has none.' : `It has ${kept.join(', ')}.`}`,
    );
  const made = await makeRunFolder(path.dirname(from.run), from.number + 1);
  if (!made.ok) return made;
  const { run, number } = made.value;
  try {
    const epochs = await fill(run, from, checkpoint);
    const { message: _, ...rest } = from;
    const record: RunRecord = {
      ...rest,
      run,
      number,
      created: Date.now(),
      state: 'queued',
      report: null,
      from: { number: from.number, checkpoint, epochs },
    };
    const written = await writeRecord(record);
    if (written.ok) return ok(record);
    await fs.rm(run, { recursive: true, force: true });
    return written;
  } catch (error) {
    // It was made just now and holds nothing of anybody else's.
    await fs.rm(run, { recursive: true, force: true }).catch(() => undefined);
    return fileProblem(error, run, 'save');
  }
}
