/** What a window shows at first: the first example, ready to run, where there is nothing of the person's own yet. */
import { desktop } from './desktop';
import { host } from './host';
import { openExample, openPath } from './project-files';
import { useProject } from './project-store';

const FIRST_EXAMPLE = 'digits-cnn';
let decided = false;

/** Once for each window: what is open, or was closed since, stays as it is. */
export async function showFirstView(): Promise<void> {
  if (decided) return;
  decided = true;
  const opening = await desktop?.opening({});
  if (opening?.ok && opening.value !== null) {
    await openPath(opening.value);
    return;
  }
  const answer = await host.start({});
  if (!answer.ok || useProject.getState().project) return;
  const { recents, recoveries, examples } = answer.value;
  const isNew = recents.length === 0 && recoveries.length === 0;
  if (isNew && examples.some((example) => example.name === FIRST_EXAMPLE)) await openExample(FIRST_EXAMPLE);
}
