/**
 * What a window shows at first: what it was opened for, what it showed before it was loaded again, what a crash left, or
 * the first example where there is nothing of the person's own yet.
 */
import type { Opening } from '../../shared/protocol/desktop';
import { desktop } from './desktop';
import { host } from './host';
import { reportProblem } from './notices';
import { openExample, openPath, openRecovery, resumeProject } from './project-files';
import { useProject } from './project-store';
import { rememberShown, shownBefore } from './shown-before';

const FIRST_EXAMPLE = 'digits-cnn';
let decided = false;

function show(opening: Opening): Promise<boolean> {
  switch (opening.kind) {
    case 'file':
      return openPath(opening.path);
    case 'recovery':
      return openRecovery(opening.recovery);
    case 'project':
      if (opening.crashed)
        reportProblem({
          code: 'window/ended',
          message:
            'The window ended unexpectedly and was loaded again. What was training went on, and your changes are back up to the last second.',
        });
      return resumeProject(opening.project);
  }
}

async function asked(): Promise<Opening | null> {
  if (desktop) {
    const opening = await desktop.opening({});
    return opening.ok ? opening.value : null;
  }
  const project = shownBefore();
  return project === null ? null : { kind: 'project', project, crashed: false };
}

async function decide(): Promise<void> {
  const opening = await asked();
  if (opening && (await show(opening))) return;
  const answer = await host.start({});
  if (!answer.ok || useProject.getState().project) return;
  const { recents, recoveries, examples } = answer.value;
  // The desktop opens a window for each of them by itself.
  if (recoveries.length > 0) return void (desktop || (await openRecovery(recoveries[0].recovery)));
  if (recents.length === 0 && examples.some((example) => example.name === FIRST_EXAMPLE))
    await openExample(FIRST_EXAMPLE);
}

/** Once for each window: what is open, or was closed since, stays as it is. */
export async function showFirstView(): Promise<void> {
  if (decided) return;
  decided = true;
  await decide();
  rememberShown();
}
