import { describe, expect, it } from 'vitest';
import { emptyDocument, type Block, type Document } from '../../shared/document/document';
import type { Edit } from '../../shared/document/edits';
import {
  COALESCE_MS,
  emptyHistory,
  HISTORY_LIMIT,
  record,
  redone,
  undone,
  type History,
} from '../../renderer/state/history';

const dense: Block = { type: 'Dense', version: 1, title: '', params: {}, position: { x: 0, y: 0 } };
interface State {
  document: Document;
  history: History;
}
const start: State = {
  document: { ...emptyDocument('test-document', '0'), blocks: { dense } },
  history: emptyHistory,
};
const units = (value: number): Edit => ({ kind: 'set-param', id: 'dense', name: 'units', value });
const set = (state: State, value: number, time: number, key: string | null = 'param dense units') =>
  record(state, units(value), { label: 'Set units of Dense', key, time });

describe('undo and redo', () => {
  it('takes back an edit and does it again', () => {
    const edited = set(start, 64, 0);
    const back = undone(edited);
    expect(back?.document).toEqual(start.document);
    expect(back && redone(back)?.document).toEqual(edited.document);
  });

  it('takes back what is typed without a pause as one step', () => {
    const typed = set(set(set(start, 1, 0), 12, 200), 128, 400);
    expect(typed.history.past).toHaveLength(1);
    expect(undone(typed)?.document.blocks.dense.params).toEqual({});
    const back = undone(typed);
    expect(back && redone(back)?.document.blocks.dense.params).toEqual({ units: 128 });
  });

  it('keeps edits apart after a pause, of another parameter, and without a key', () => {
    expect(set(set(start, 1, 0), 2, COALESCE_MS + 1).history.past).toHaveLength(2);
    expect(set(set(start, 1, 0), 2, 1, 'param dense activation').history.past).toHaveLength(2);
    expect(set(set(start, 1, 0, null), 2, 1, null).history.past).toHaveLength(2);
  });

  it('does not join an edit to one that was undone and done again', () => {
    const back = undone(set(start, 1, 0));
    const again = back && redone(back);
    if (!again) throw new Error('nothing to redo');
    expect(set(again, 2, 1).history.past).toHaveLength(2);
  });

  it('forgets what could be redone when something new is done', () => {
    const back = undone(set(start, 1, 0));
    if (!back) throw new Error('nothing to undo');
    expect(redone(set(back, 5, 1))).toBeNull();
  });

  it(`keeps the last ${HISTORY_LIMIT} steps`, () => {
    let state = start;
    for (let i = 0; i < HISTORY_LIMIT + 20; i++) state = set(state, i, i * (COALESCE_MS + 1));
    expect(state.history.past).toHaveLength(HISTORY_LIMIT);
    expect(state.history.past[0].edit).toEqual(units(20));
  });

  it('has nothing to take back at first', () => {
    expect(undone(start)).toBeNull();
    expect(redone(start)).toBeNull();
  });
});
