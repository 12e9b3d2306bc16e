/** What a person can do with a run. Each asks the host; what comes of it arrives as events. */
import { host } from '../state/host';
import { reportProblem } from '../state/notices';
import { showRun } from '../state/runs-store';

type RunMethod = 'pauseRun' | 'resumeRun' | 'stopRun';

async function ask(method: RunMethod, run: string): Promise<void> {
  const answer = await host[method]({ run });
  if (!answer.ok) reportProblem(answer.problem);
}

export const pauseRun = (run: string): Promise<void> => ask('pauseRun', run);
export const resumeRun = (run: string): Promise<void> => ask('resumeRun', run);
export const stopRun = (run: string): Promise<void> => ask('stopRun', run);

/** Goes on from the last checkpoint of a run that broke off or was stopped. */
export async function continueRun(run: string): Promise<void> {
  const answer = await host.continueRun({ run });
  if (!answer.ok) reportProblem(answer.problem);
  else await showRun(answer.value.run);
}
