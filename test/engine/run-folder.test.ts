/** Which epoch's weights count as a run's, whatever state the run was left in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RUN_FILES, checkpointFile } from '../../shared/protocol/run';
import { keptEpoch } from '../../electron/engine/run-folder';

let run: string;
beforeEach(() => (run = mkdtempSync(path.join(os.tmpdir(), 'axonry-kept-'))));
afterEach(() => rmSync(run, { recursive: true, force: true }));

const epoch = (number: number, best: boolean) =>
  JSON.stringify({
    type: 'epoch',
    time: 1,
    epoch: number,
    step: 1,
    seconds: 1,
    learningRate: 0.1,
    train: { loss: 1, n: 1 },
    best,
    checkpoint: checkpointFile(number),
  });
const report = (kept: number) =>
  JSON.stringify({
    type: 'report',
    time: 1,
    run,
    seed: 1,
    epochs: 9,
    keptEpoch: kept,
    steps: 1,
    seconds: 1,
    samplesPerSecond: 1,
    engine: { backend: 'tensorflow', version: '2.21.0', step: 'eager' },
    metrics: {},
    diagnostics: [],
    stopped: 'finished',
  });
const keptAfter = (...lines: string[]) => {
  writeFileSync(path.join(run, RUN_FILES.events), `${lines.join('\n')}\n`);
  const kept = keptEpoch(run);
  return kept.ok ? kept.value : kept.problem.message;
};

describe('the kept epoch', () => {
  it('is what the report says', () => {
    expect(keptAfter(epoch(1, true), epoch(2, true), epoch(3, false), report(2))).toBe(2);
  });
  it('is the best so far while there is no report, as after a crash in the middle of a line', () => {
    expect(keptAfter(epoch(1, true), epoch(2, true), epoch(3, false), '{"type":"epo')).toBe(2);
  });
  it('is a better one of a later stretch', () => {
    expect(keptAfter(epoch(1, true), report(1), epoch(2, true), epoch(3, false))).toBe(2);
    expect(keptAfter(epoch(1, true), report(1), epoch(2, false))).toBe(1);
  });
  it('is none before the first epoch, and that is said', () => {
    expect(keptAfter('')).toContain('has not finished an epoch');
  });
});
