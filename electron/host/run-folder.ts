/**
 * The folder of one run on the disk: record, ledger, checkpoints. It stands alone: it can be read, moved and continued
 * without the project that it came from.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import {
  checkpointEpoch,
  checkpointFile,
  RUN_FILES,
  runEvent,
  runRecord,
  type RunEvent,
  type RunRecord,
} from '../../shared/protocol/run';
import { fail, ok, type Result } from '../../shared/result';
import { replaceFile } from './atomic-file';
import { fileProblem } from './file-problem';
import { makeFolder } from './make-folder';

export const RUNS_EXTENSION = '.runs';

const runName = (number: number): string => `run-${String(number).padStart(4, '0')}`;

/** `name.axon` has its runs in `name.runs`. */
export const runsBeside = (file: string): string => file.replace(/\.axon$/i, '') + RUNS_EXTENSION;

/** Relative paths of a run's data mean the project's folder; runs that lie elsewhere name their data absolutely. */
export function dataFolderOf(run: string): string {
  const parent = path.dirname(run);
  return parent.endsWith(RUNS_EXTENSION) ? path.dirname(parent) : run;
}

export async function runFoldersIn(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder).catch(() => []);
  return names
    .filter((name) => /^run-\d{4,}$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

export const numberOf = (run: string): number => Number(/run-(\d+)$/.exec(run)?.[1] ?? 0);

/** The next free folder; two starts at once get two. */
export async function makeRunFolder(
  folder: string,
  number: number,
): Promise<Result<{ run: string; number: number }>> {
  for (let candidate = number; ; candidate++) {
    const run = path.join(folder, runName(candidate));
    try {
      await makeFolder(folder);
      await fs.mkdir(run);
      return ok({ run, number: candidate });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return fileProblem(error, run, 'save');
      const stat = await fs.stat(folder).catch(() => null);
      if (!stat?.isDirectory()) return fileProblem(error, folder, 'save');
    }
  }
}

/** A folder that a person chose for a run: it must be new or empty. */
export async function claimRunFolder(run: string): Promise<Result<{ run: string; number: number }>> {
  try {
    await makeFolder(run);
    if ((await fs.readdir(run)).length > 0) {
      return fail(
        'run/folder-not-empty',
        `${run} is not empty. Name a new folder with --out, so that nothing in it is overwritten.`,
      );
    }
  } catch (error) {
    return fileProblem(error, run, 'save');
  }
  return ok({ run, number: 1 });
}

export async function writeRunFile(run: string, name: string, content: unknown): Promise<Result<void>> {
  const file = path.join(run, name);
  try {
    await replaceFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 1)}\n`);
    return ok(undefined);
  } catch (error) {
    return fileProblem(error, file, 'save');
  }
}

export const writeRecord = (record: RunRecord): Promise<Result<void>> =>
  writeRunFile(record.run, RUN_FILES.record, record);

export async function readRecord(run: string): Promise<Result<RunRecord>> {
  const file = path.join(run, RUN_FILES.record);
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return fail(
        'run/not-a-run',
        `${run} is not the folder of a run: it holds no ${RUN_FILES.record}. Runs lie in the folder NAME${RUNS_EXTENSION} beside a project.`,
      );
    }
    return fileProblem(error, file, 'read');
  }
  const parsed = runRecord.safeParse(parseJson(text));
  if (!parsed.success)
    return fail(
      'run/damaged',
      `${file} is damaged or was written by another version of Axonry. The ledger beside it can still be read.`,
    );
  const { data } = parsed;
  // The folder may have moved since it was written.
  return ok({ ...data, run, report: data.report && { ...data.report, run } });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Every whole line of the ledger. A last line that a crash cut off is left out. */
export async function readEvents(run: string): Promise<RunEvent[]> {
  const text = await fs.readFile(path.join(run, RUN_FILES.events), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const parsed = line === '' ? null : runEvent.safeParse(parseJson(line));
    return parsed?.success ? [parsed.data] : [];
  });
}

export interface Checkpoint {
  epoch: number;
  file: string;
}

/** What a run goes on from. One that has not come further than the state that it began with goes on from that. */
export async function lastCheckpoint({
  run,
  from,
}: Pick<RunRecord, 'run' | 'from'>): Promise<Checkpoint | null> {
  const folder = path.join(run, RUN_FILES.checkpoints);
  const names = await fs.readdir(folder).catch(() => []);
  const epoch = Math.max(0, ...names.map((name) => checkpointEpoch(name) ?? 0));
  if (from !== undefined && epoch <= from.epochs)
    return { epoch: from.epochs, file: path.join(folder, from.checkpoint) };
  return epoch === 0 ? null : { epoch, file: path.join(folder, checkpointFile(epoch)) };
}

/** What an engine was writing when it was killed. Only for a run that nobody works on. */
export async function removeHalfWritten(run: string): Promise<void> {
  for (const folder of ['', RUN_FILES.checkpoints, RUN_FILES.predictions, RUN_FILES.losses]) {
    const names = await fs.readdir(path.join(run, folder)).catch(() => []);
    for (const name of names.filter((one) => one.endsWith('.part')))
      await fs.rm(path.join(run, folder, name), { force: true }).catch(() => undefined);
  }
}

/** Appends events in the order in which they came. */
export class Ledger {
  private writing: Promise<void>;
  private healthy = true;

  constructor(
    private readonly run: string,
    private readonly onRefusal: (problem: string) => void,
  ) {
    this.writing = this.endCutLine();
  }

  append(event: RunEvent): void {
    this.writing = this.writing.then(() => this.write(`${JSON.stringify(event)}\n`));
  }

  /** Resolves when all that was appended lies in the file. */
  settled(): Promise<void> {
    return this.writing;
  }

  private get file(): string {
    return path.join(this.run, RUN_FILES.events);
  }

  private async endCutLine(): Promise<void> {
    const text = await fs.readFile(this.file, 'utf8').catch(() => '');
    if (text !== '' && !text.endsWith('\n')) await this.write('\n');
  }

  private async write(line: string): Promise<void> {
    try {
      await fs.appendFile(this.file, line);
    } catch (error) {
      // Told once: the run itself goes on.
      if (this.healthy) this.onRefusal(fileProblem(error, this.file, 'save').problem.message);
      this.healthy = false;
    }
  }
}
