/** A process that is killed while it saves or keeps a copy: file and copy are always the old one or the new one, whole. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createHost } from '../../electron/host/host';
import { readDocument } from '../../electron/host/document-file';
import { childProcessLauncher } from '../../electron/host/launcher';
import type { Document } from '../../shared/document/document';
import { full } from '../environment';
import { bundleProgram, startProgram } from '../setup/real-process';
import { engineEntry, valueOf } from './hosted';

const KILLS = full ? 100 : 30;
/** One round of saving and keeping a copy takes about this long. */
const SPREAD_MS = 250;

/** The one number that the whole document carries. */
function numberOf(document: Document): number {
  const numbers = new Set(
    Object.values(document.notes).map(({ text }) => Number(/^number (\d+)/.exec(text)?.[1])),
  );
  expect(Object.keys(document.notes)).toHaveLength(400);
  expect(numbers.size).toBe(1);
  return [...numbers][0];
}

const last = (lines: readonly string[], word: string): number =>
  Math.max(0, ...lines.filter((line) => line.startsWith(word)).map((line) => Number(line.split(' ')[1])));

/** A fixed sequence: a failure can be repeated, as far as the machine allows. */
function* delays(): Generator<number> {
  let state = 20261121;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield (state / 2 ** 32) * SPREAD_MS;
  }
}

it(
  `survives ${KILLS} kills at random moments`,
  async () => {
    const program = await bundleProgram('save-for-ever', 'cjs', 'host/programs');
    const delay = delays();
    const killedWhile: Record<string, number> = {};
    for (let kill = 0; kill < KILLS; kill++) {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-kill-'));
      const file = path.join(folder, 'net.axon');
      const process = startProgram(program, [folder, file]);
      await process.line((line) => line === 'saved 1');
      await new Promise((resolve) => setTimeout(resolve, delay.next().value as number));
      process.child.kill('SIGKILL');
      await process.ended;

      const [begun, saved, kept] = ['saving', 'saved', 'kept'].map((word) => last(process.lines, word));
      const doing = process.lines[process.lines.length - 1].split(' ')[0];
      killedWhile[doing] = (killedWhile[doing] ?? 0) + 1;
      const number = numberOf(valueOf(await readDocument(file)).document);
      expect([saved, begun]).toContain(number);

      const host = createHost({
        launcher: childProcessLauncher(engineEntry),
        folders: {
          data: path.join(folder, 'data'),
          cache: path.join(folder, 'cache'),
          examples: path.join(folder, 'examples'),
        },
        version: '0.0.0',
        home: folder,
        shell: 'browser',
      });
      // A copy may be there, or dropped by the save that came after it; it is never half of one.
      const { recoveries } = valueOf(await host.start({}));
      for (const { recovery } of recoveries) {
        const copy = valueOf(await host.openRecovery({ recovery }));
        expect([kept, kept + 1]).toContain(numberOf(copy.document));
      }
      // What the kill left beside the file does not hinder the next save, and is gone after it.
      const again = valueOf(await host.openProject({ path: file }));
      valueOf(await host.saveProject({ project: again.project, document: again.document }));
      await host.close();
      expect(readdirSync(folder).filter((name) => name.startsWith('.net.axon.'))).toEqual([]);
      expect(existsSync(file)).toBe(true);
      rmSync(folder, { recursive: true, force: true });
    }
    console.info(`killed after: ${JSON.stringify(killedWhile)}`);
  },
  KILLS * 8000,
);
