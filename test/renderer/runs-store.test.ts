// @vitest-environment jsdom
/** What the window lists of a project's runs while the host moves them, ends them, or others train some too. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { HostApi, HostEvent } from '../../shared/protocol/host-api';
import type { RunRecord } from '../../shared/protocol/run';
import { ok } from '../../shared/result';

/** Speaks as a host would over the desktop's bridge. */
const listeners = new Set<(event: HostEvent) => void>();
let onDisk: RunRecord[] = [];
const bridge: Pick<HostApi, 'subscribe' | 'listRuns'> = {
  subscribe: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  listRuns: () => Promise.resolve(ok(onDisk)),
};
window.axonry = bridge as HostApi;
const tell = (event: HostEvent) => listeners.forEach((listener) => listener(event));

const { followRuns, useRuns } = await import('../../renderer/state/runs-store');
const { showProject } = await import('../../renderer/state/project-store');
const { emptyDocument } = await import('../../shared/document/document');

const document = emptyDocument('document', '0.0.0');
const run = (number: number, folder: string, more: Partial<RunRecord> = {}): RunRecord =>
  ({ run: `${folder}/run-${number}`, number, document: 'document', state: 'finished', ...more }) as RunRecord;
const listed = () => useRuns.getState().records.map((record) => record.run);

const end = followRuns();
afterAll(end);
let projects = 0;
beforeEach(async () => {
  onDisk = [run(2, 'apart'), run(1, 'apart')];
  showProject({ project: `p${++projects}`, name: 'net', path: null, document, savedAt: null });
  await expect.poll(() => listed()).toEqual(['apart/run-2', 'apart/run-1']);
});

describe('the runs of a project', () => {
  it('are listed once each when they move to the file that the project has got', () => {
    useRuns.setState({ events: { 'apart/run-2': [] } });
    // One that was looked at meanwhile is known by its new name already.
    tell({ type: 'run-state', record: run(1, 'beside') });
    tell({ type: 'run-moved', from: 'apart/run-1', record: run(1, 'beside') });
    tell({ type: 'run-moved', from: 'apart/run-2', record: run(2, 'beside') });
    expect(listed()).toEqual(['beside/run-2', 'beside/run-1']);
    expect(useRuns.getState()).toMatchObject({ shown: 'beside/run-2', events: { 'beside/run-2': [] } });
  });

  it('that another program trained are there when the window is looked at again', async () => {
    onDisk = [run(3, 'apart'), ...onDisk];
    window.dispatchEvent(new Event('focus'));
    await expect.poll(() => listed()).toEqual(['apart/run-3', 'apart/run-2', 'apart/run-1']);
    expect(useRuns.getState().shown).toBe('apart/run-2');
  });
});
