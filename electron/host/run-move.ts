/** Moves run folders from the data folder to the project that has just been saved for the first time. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { RunRecord } from '../../shared/protocol/run';
import { makeRunFolder, numberOf, readRecord, runFoldersIn, writeRecord } from './run-folder';

async function copyFolder(from: string, to: string): Promise<void> {
  await fs.mkdir(to, { recursive: true });
  for (const entry of await fs.readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else await fs.copyFile(source, target);
  }
}

/** A copy that a full disk cut off would be listed beside the run itself. */
async function copyWhole(from: string, to: string): Promise<void> {
  try {
    await copyFolder(from, to);
  } catch (error) {
    await fs.rm(to, { recursive: true, force: true });
    throw error;
  }
}

/** Renames, or copies where the project lies on another disk. `to` is an empty folder. */
async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await fs.rmdir(to);
    await fs.rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyWhole(from, to);
    await fs.rm(from, { recursive: true, force: true });
  }
}

export interface Move {
  from: string;
  to: string;
  /** null where it cannot be read. */
  record: RunRecord | null;
}

/**
 * The old folder of each run that moved, with its record as it is now. A run that cannot move (a full or write-protected disk) stays where it is
 * and is still listed from there; so do those in `except`.
 */
export async function moveRuns(from: string, to: string, except: readonly string[]): Promise<Move[]> {
  const moves: Move[] = [];
  for (const run of await runFoldersIn(from)) {
    if (except.includes(run)) continue;
    const made = await makeRunFolder(to, numberOf(run));
    if (!made.ok) break;
    try {
      await moveFolder(run, made.value.run);
    } catch {
      break;
    }
    const read = await readRecord(made.value.run);
    const record = read.ok ? { ...read.value, number: made.value.number } : null;
    if (record) await writeRecord(record);
    moves.push({ from: run, to: made.value.run, record });
  }
  return moves;
}

/** Runs of two projects, or of one that is saved while its run ends, are moved one after the other. */
export class RunMoves {
  private readonly moved = new Map<string, string>();
  private last: Promise<void> = Promise.resolve();

  after(move: () => Promise<void>): Promise<void> {
    const done = this.last.then(move);
    this.last = done.catch(() => undefined);
    return done;
  }

  add(from: string, to: string): void {
    this.moved.set(from, to);
  }

  /** Where a run lies now that was in this folder. */
  folderOf(run: string): string {
    return this.moved.get(run) ?? run;
  }
}
