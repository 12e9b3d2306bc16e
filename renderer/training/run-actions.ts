/** What a person can do with a run. Each asks the host; what comes of it arrives as events. */
import type { Result } from '../../shared/result';
import { showCanvas } from '../canvas/canvas-store';
import { host } from '../state/host';
import { confirm, dismissProblem, reportProblem } from '../state/notices';
import { showWorkspace } from '../state/project-store';
import { showRun } from '../state/runs-store';

/** `told`: a sentence for what went well, where the window does not show it anyway. */
async function ask<T>(answer: Promise<Result<T>>, told?: (value: T) => string): Promise<void> {
  const result = await answer;
  if (!result.ok) return reportProblem(result.problem);
  dismissProblem();
  if (told) confirm(told(result.value));
}

export const pauseRun = (run: string): Promise<void> => ask(host.pauseRun({ run }));
export const resumeRun = (run: string): Promise<void> => ask(host.resumeRun({ run }));
/** The run is said to be stopping at once. Asked again, it leaves out the figures that it has not computed by then. */
export const stopRun = (run: string): Promise<void> => ask(host.stopRun({ run }));
/** Computes what was left out. */
export const completeReport = (run: string): Promise<void> => ask(host.completeReport({ run }));
/** `place` counts from 0 among the runs that wait. */
export const moveRun = (run: string, place: number): Promise<void> => ask(host.moveRun({ run, place }));
export const stepRun = (run: string): Promise<void> => ask(host.stepRun({ run }));
export const evaluateNow = (run: string): Promise<void> => ask(host.evaluateNow({ run }));
/** Measures, and shows the times on the canvas. */
export async function profileAndShow(run: string): Promise<void> {
  const answer = await host.profileRun({ run });
  if (!answer.ok) return reportProblem(answer.problem);
  showCanvas({ view: 'cost', heat: 'measured' });
  showWorkspace('build');
}
export const keepSnapshot = (run: string): Promise<void> =>
  ask(host.keepSnapshot({ run }), ({ checkpoint }) => `Kept as checkpoints/${checkpoint}.`);
export const setLearningRate = (run: string, value: number): Promise<void> =>
  ask(
    host.setLearningRate({ run, value }),
    ({ value }) => `The learning rate is ${value} from the next step on.`,
  );

/** A new run goes on from this snapshot. */
export async function branchRun(run: string, snapshot: string): Promise<void> {
  const answer = await host.branchRun({ run, snapshot });
  if (!answer.ok) return reportProblem(answer.problem);
  confirm(`Run ${answer.value.record.number} goes on from here.`);
  await showRun(answer.value.run);
}

/** Goes on from the last checkpoint. `epochs`: how many in all, which a finished run needs. */
export async function continueRun(run: string, epochs?: number): Promise<void> {
  const answer = await host.continueRun({ run, epochs });
  if (!answer.ok) reportProblem(answer.problem);
  else await showRun(answer.value.run);
}
