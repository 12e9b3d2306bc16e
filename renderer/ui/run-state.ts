/** Owns how the state of a run is said and which colour its dot has. */
import type { RunRecord, RunState } from '../../shared/protocol/run';

const WORDS: Readonly<Record<RunState, string>> = {
  queued: 'waiting',
  preparing: 'preparing',
  running: 'training',
  paused: 'paused',
  stopping: 'stopping',
  finished: 'finished',
  stopped: 'stopped',
  failed: 'failed',
  lost: 'broken off',
};

/** A run that tried learning rates has trained nothing. */
export const runWords = ({ state, report }: Pick<RunRecord, 'state' | 'report'>): string =>
  state === 'finished' && report?.rangeTest ? 'rates tried' : WORDS[state];

const COLORS: Readonly<Partial<Record<RunState, string>>> = {
  running: 'var(--ok)',
  preparing: 'var(--ok)',
  finished: 'var(--ok)',
  failed: 'var(--error)',
  lost: 'var(--warn)',
};
export const runStateColor = (state: RunState): string => COLORS[state] ?? 'var(--edge)';

/** The run goes on or will: what it says still changes. */
export const goesOn = (state: RunState): boolean =>
  ['queued', 'preparing', 'running', 'paused', 'stopping'].includes(state);
