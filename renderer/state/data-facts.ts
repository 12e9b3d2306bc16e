/** Asks the host what each data block's source holds, when the block appears and when its parameters change. */
import { definitionOf, valuesOf } from '../../shared/blocks/catalogue';
import type { Block, Document } from '../../shared/document/document';
import { host } from './host';
import { dismissProblem, useNotices } from './notices';
import { rememberFacts, useProject } from './project-store';
import { forgetSources, setSource, useSources } from './source-states';

const PAUSE_MS = 350;

/** What was last asked for a block, so that an answer that came too late is dropped. */
const asked = new Map<string, string>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();

const questionOf = (block: Block): string => JSON.stringify([block.type, block.params]);

/** What a run said of data that could not be read is over when they can be. */
function dismissDataProblem(): void {
  if (useNotices.getState().problem?.code.startsWith('data/')) dismissProblem();
}

async function read(id: string, question: string): Promise<void> {
  const { project, whole: document } = useProject.getState();
  const block = document.blocks[id];
  if (!project || !block) return;
  const hadFailed = useSources.getState().sources[id]?.state === 'failed';
  setSource(id, { state: 'reading' });
  const answer = await host.facts({
    project: project.id,
    block: id,
    type: block.type,
    params: valuesOf(block),
  });
  if (asked.get(id) !== question || useProject.getState().project?.id !== project.id) return;
  if (answer.ok) rememberFacts(id, answer.value);
  setSource(id, answer.ok ? { state: 'read' } : { state: 'failed', problem: answer.problem });
  if (answer.ok && hadFailed) dismissDataProblem();
}

function ask(id: string, block: Block, pause: number): void {
  const behaviour = definitionOf(block.type)?.behaviour;
  if (behaviour?.kind !== 'source') return;
  const question = questionOf(block);
  if (asked.get(id) === question) return;
  asked.set(id, question);
  clearTimeout(timers.get(id));
  const unready = behaviour.unready(valuesOf(block));
  if (unready !== null) {
    setSource(id, { state: 'unready', message: unready });
    if (id in useProject.getState().whole.facts) rememberFacts(id, null);
    return;
  }
  timers.set(
    id,
    setTimeout(() => void read(id, question), pause),
  );
}

function askAll(document: Document, before: Document | null): void {
  for (const id of asked.keys()) if (!(id in document.blocks)) asked.delete(id);
  for (const [id, block] of Object.entries(document.blocks))
    if (block !== before?.blocks[id]) ask(id, block, before && id in before.blocks ? PAUSE_MS : 0);
}

/** Reads every source again, as when the connection is back or a file was put in its place. */
export function readSourcesAgain(): void {
  asked.clear();
  askAll(useProject.getState().whole, null);
}

/** A source that takes long need not be read to its end. */
export async function stopReading(id: string): Promise<void> {
  const { project, whole } = useProject.getState();
  const block = whole.blocks[id];
  if (project && block)
    await host.stopReading({ project: project.id, type: block.type, params: valuesOf(block) });
}

function followReading(): () => void {
  return host.subscribe((event) => {
    if (event.type !== 'reading' || event.project !== useProject.getState().project?.id) return;
    const { block, progress } = event;
    if (useSources.getState().sources[block]?.state === 'reading')
      setSource(block, { state: 'reading', progress });
  });
}

export function followSources(): () => void {
  const unfollow = followReading();
  const unsubscribe = useProject.subscribe((now, before) => {
    if (now.project?.id !== before.project?.id) {
      asked.clear();
      forgetSources();
      askAll(now.whole, null);
    } else if (now.whole.blocks !== before.whole.blocks) {
      askAll(now.whole, before.whole);
    }
  });
  return () => {
    unfollow();
    unsubscribe();
  };
}
