/** What keys and the menu do with the run that is shown. A command that the run's state does not allow does nothing. */
import type { RunRecord, RunState } from '../../shared/protocol/run';
import { useRuns } from '../state/runs-store';
import { goesOn } from '../ui/run-state';
import { useCommands, type Actions } from '../app/keyboard';
import { evaluateNow, keepSnapshot, pauseRun, resumeRun, stepRun, stopRun } from './run-actions';

/** Steps are being trained, or would be after a pause. */
export const canSteer = (state: RunState): boolean => state === 'running' || state === 'paused';

type RunCommand = (record: RunRecord) => void;

const steer =
  (action: (run: string) => Promise<void>): RunCommand =>
  ({ run, state }) => {
    if (canSteer(state)) void action(run);
  };

export const RUN_COMMANDS = {
  'pause-run': ({ run, state }) => {
    if (state === 'running') void pauseRun(run);
    if (state === 'paused') void resumeRun(run);
  },
  'step-run': steer(stepRun),
  'evaluate-now': steer(evaluateNow),
  'keep-snapshot': steer(keepSnapshot),
  'stop-run': ({ run, state }) => {
    if (goesOn(state)) void stopRun(run);
  },
} as const satisfies Record<string, RunCommand>;

export function withShownRun(command: RunCommand): void {
  const { records, shown } = useRuns.getState();
  const record = records.find(({ run }) => run === shown);
  if (record) command(record);
}

/** Of the field that `learning-rate` leads to. */
export const RATE_FIELD = 'learning-rate-of-run';

const actions: Actions = {
  'pause-run': () => withShownRun(RUN_COMMANDS['pause-run']),
  'step-run': () => withShownRun(RUN_COMMANDS['step-run']),
  'evaluate-now': () => withShownRun(RUN_COMMANDS['evaluate-now']),
  'keep-snapshot': () => withShownRun(RUN_COMMANDS['keep-snapshot']),
  'learning-rate': () => {
    const field = document.getElementById(RATE_FIELD);
    if (!(field instanceof HTMLInputElement)) return false;
    field.focus();
    field.select();
  },
};

export const useRunCommands = (): void => useCommands(actions);
