/** Owns opening and saving projects: what the File menu, the start page and dropped files do. */
import { documentOf, templateOf } from '../../shared/architectures/templates';
import { saveText } from '../../shared/document/load';
import type { OpenProject } from '../../shared/protocol/host-api';
import type { Problem, Result } from '../../shared/result';
import { askChoice, askForPath, askForPlace } from './dialogs';
import { host } from './host';
import { confirm, reportProblem } from './notices';
import { isEdited, showNoProject, showProject, useProject, type ProjectState } from './project-store';
import { discardAnswer, saveQuestion, type Unsaved } from '../../shared/protocol/unsaved';
import { useRuns } from './runs-store';

const PROJECT_EXTENSIONS = ['axon'];

/** What would be lost if the project closed now. Runs of a project without a file are found again only through its file. */
export function unsavedIn(state: ProjectState): Unsaved | null {
  if (!state.project) return null;
  const hasRuns = state.project.path === null && useRuns.getState().records.length > 0;
  if (isEdited(state)) return hasRuns ? 'changes and runs' : 'changes';
  return hasRuns ? 'runs' : null;
}

/** What is being written now is not unsaved: nobody is to be asked about it. */
async function untilSaved(): Promise<void> {
  if (!useProject.getState().saving) return;
  await new Promise<void>((resolve) => {
    const end = useProject.subscribe(({ saving }) => {
      if (saving) return;
      end();
      resolve();
    });
  });
}

/** Asks what to do with unsaved changes. False where the person wants to stay. */
async function mayLeave(): Promise<boolean> {
  await untilSaved();
  const state = useProject.getState();
  const unsaved = unsavedIn(state);
  if (!state.project || unsaved === null) return true;
  const { name } = state.project;
  const discard = discardAnswer(unsaved);
  const choice = await askChoice({
    title: saveQuestion(name, unsaved),
    text: 'Without saving they are lost when another project opens.',
    choices: ['Save', discard, 'Stay here'],
  });
  if (choice === 'Save') return save();
  return choice === discard;
}

/** True where the project is now open. */
async function open(request: () => Promise<Result<OpenProject>>): Promise<boolean> {
  if (!(await mayLeave())) return false;
  const before = useProject.getState().project;
  const answer = await request();
  if (!answer.ok) {
    reportProblem(answer.problem);
    return false;
  }
  showProject(answer.value);
  if (before && before.id !== answer.value.project) void host.closeProject({ project: before.id });
  return true;
}

export const newProject = () => open(() => host.newProject({}));
export const openExample = (name: string) => open(() => host.openExample({ name }));
export const openPath = (path: string) => open(() => host.openProject({ path }));
export const openText = (name: string, text: string) => open(() => host.openText({ name, text }));
/** A copy with an id of its own, so that its runs are not those of another copy. */
export function openTemplate(name: string): Promise<boolean> {
  const template = templateOf(name);
  if (!template) return Promise.resolve(false);
  const document = { ...documentOf(template), id: crypto.randomUUID() };
  return openText(template.title, saveText(document));
}
export const openRecovery = (recovery: string) => open(() => host.openRecovery({ recovery }));

/** What this very window had open before it was loaded again. False where the host does not know it any more. */
export async function resumeProject(project: string): Promise<boolean> {
  const answer = await host.resumeProject({ project });
  if (answer.ok) showProject(answer.value);
  return answer.ok;
}

/** Drops what a crash left, and shows the file as it is. */
export async function discardRecovered(): Promise<void> {
  const { project } = useProject.getState();
  if (!project) return;
  // Closing a project drops its copy.
  await host.closeProject({ project: project.id });
  if (project.path === null) return showNoProject();
  const answer = await host.openProject({ path: project.path });
  if (answer.ok) return showProject(answer.value);
  showNoProject();
  reportProblem(answer.problem);
}

export async function openWithDialog(): Promise<boolean> {
  const path = await askForPath({
    title: 'Open a project',
    choose: 'file',
    extensions: PROJECT_EXTENSIONS,
    action: 'Open',
  });
  return path !== null && openPath(path);
}

/** The questions that a refused save asks: the file holds something that saving would replace. */
const OVERWRITE_QUESTIONS: Readonly<Record<string, (name: string) => { title: string; text: string }>> = {
  'project/changed-on-disk': (name) => ({
    title: `${name} was changed by another program`,
    text: 'The file is not what it was when it was opened or saved here. Saving replaces what the other program wrote.',
  }),
  'project/exists': (name) => ({
    title: `Another file is called ${name}`,
    text: 'Saving replaces what is in that file now.',
  }),
};

/** True where the file is to be replaced after all; a refusal that cannot be overruled is reported. */
async function overrules(problem: Problem, path: string): Promise<boolean> {
  const question = OVERWRITE_QUESTIONS[problem.code];
  if (!question) {
    reportProblem(problem);
    return false;
  }
  const name = path.split(/[\\/]/).pop() ?? path;
  return (
    (await askChoice({ ...question(name), choices: ['Replace the file', 'Do not save'] })) ===
    'Replace the file'
  );
}

async function write(path: string | undefined, overwrite = false): Promise<boolean> {
  const { project, whole: document, history } = useProject.getState();
  if (!project) return false;
  useProject.setState({ saving: true });
  const answer = await host.saveProject({ project: project.id, document, path, overwrite });
  useProject.setState({ saving: false });
  if (!answer.ok)
    return !overwrite && (await overrules(answer.problem, path ?? project.name)) ? write(path, true) : false;
  const { name, savedAt } = answer.value;
  useProject.setState((state) => ({
    project: state.project && {
      ...state.project,
      name,
      path: answer.value.path,
      savedAt,
      newerAutosave: undefined,
      recovered: undefined,
    },
    savedEntry: history.past.at(-1),
  }));
  confirm(`Saved ${name}`);
  return true;
}

export async function saveAs(): Promise<boolean> {
  const { project } = useProject.getState();
  if (!project) return false;
  const place = await askForPlace({
    title: 'Save the project',
    choose: 'save',
    extensions: PROJECT_EXTENSIONS,
    name: `${project.name.replace(/\.axon$/, '')}.axon`,
    action: 'Save',
  });
  return place !== null && write(place.path, place.replaces);
}

export async function save(): Promise<boolean> {
  const { project } = useProject.getState();
  if (!project) return false;
  return project.path === null ? saveAs() : write(undefined);
}
