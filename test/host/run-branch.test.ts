/** A run that goes on from a snapshot of another one, with a real engine. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RUN_FILES, type RunRecord } from '../../shared/protocol/run';
import { lacks } from '../environment';
import {
  canTrain,
  hostForTest,
  moons,
  nextEvent,
  nextState,
  problemOf,
  saveNew,
  valueOf,
  type Hosted,
} from './hosted';

let hosted: Hosted;
beforeEach(() => {
  hosted = hostForTest();
});
afterEach(() => hosted.close());

const FEW = moons({ epochs: 5, count: 2000, batch_size: 8 });

describe.skipIf(lacks('the engine with its native part', canTrain))(
  'a run that goes on from a snapshot',
  () => {
    /** Trains to the end; answers the record and a snapshot from between. */
    async function trained(): Promise<{ record: RunRecord; snapshot: string }> {
      const project = await saveNew(hosted, FEW);
      const { host } = hosted;
      const begun = nextEvent(hosted, (event) =>
        event.type === 'run' && event.event.type === 'epoch' ? event : null,
      );
      const { run } = valueOf(await host.startRun({ project, document: FEW }));
      await begun;
      const { checkpoint } = valueOf(await host.keepSnapshot({ run }));
      return { record: valueOf(await host.parts.runs.ended(run)), snapshot: checkpoint };
    }
    const figures = ({ report }: RunRecord) => [report?.metrics, report?.epochs, report?.steps];
    const contents = (run: string) =>
      readdirSync(run, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [name, readFileSync(path.join(parentPath, name), 'base64')]);

    it('ends as the other one did, though its engine was killed at once, and leaves the other one as it is', async () => {
      const { record, snapshot } = await trained();
      const before = contents(record.run);
      const { host } = hosted;
      const begun = nextEvent(hosted, (event) =>
        event.type === 'run' && event.event.type === 'started' ? event : null,
      );
      const { run } = valueOf(await host.branchRun({ run: record.run, snapshot }));
      expect(path.basename(run)).toBe('run-0002');
      await begun;
      const lost = nextState(hosted, 'lost');
      process.kill(hosted.engines.filter(({ role }) => role === 'train')[1].pid, 'SIGKILL');
      await lost;
      await host.parts.runs.ended(run);
      valueOf(await host.continueRun({ run }));
      const ended = valueOf(await host.parts.runs.ended(run));
      expect(ended).toMatchObject({
        state: 'finished',
        number: 2,
        from: { number: 1, checkpoint: snapshot },
      });
      expect(figures(ended)).toEqual(figures(record));
      const epochs = valueOf(await host.readRun({ run })).events.filter(({ type }) => type === 'epoch');
      expect(epochs.map((event) => 'epoch' in event && event.epoch)).toEqual([1, 2, 3, 4, 5]);
      expect(contents(record.run)).toEqual(before);
    });

    it('is none where the snapshot is not there, and the sentence names those that are', async () => {
      const { record, snapshot } = await trained();
      const refused = problemOf(await hosted.host.branchRun({ run: record.run, snapshot: '../run.json' }));
      expect(refused.code).toBe('run/no-snapshot');
      expect(refused.message).toContain('Run 1 has no snapshot ../run.json');
      expect(refused.message).toContain(snapshot);
      expect(readdirSync(path.dirname(record.run))).toEqual(['run-0001']);
      expect(readdirSync(path.join(record.run, RUN_FILES.checkpoints))).toContain(snapshot);
    });
  },
);
