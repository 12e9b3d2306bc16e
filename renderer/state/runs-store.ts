/** Owns the runs of the open project and what they said: records, and the events of every run that was looked at. */
import { create } from 'zustand';
import type { RunEvent, RunOrder, RunRecord } from '../../shared/protocol/run';
import { readSourcesAgain } from './data-facts';
import { host } from './host';
import { dismissProblem, reportProblem } from './notices';
import { showWorkspace, useProject } from './project-store';

export interface RunsState {
  /** Newest first. */
  records: readonly RunRecord[];
  /** By the run's folder. A run is absent until `readRun` or its first live event. */
  events: Readonly<Record<string, readonly RunEvent[]>>;
  /** The run that Train and Examine show. */
  shown: string | null;
  /** The run whose engine gives no sign of life, and for how many seconds. */
  silence: { run: string; seconds: number } | null;
  /** Runs of all projects: which train and which wait. */
  order: RunOrder;
}

export const useRuns = create<RunsState>(() => ({
  records: [],
  events: {},
  shown: null,
  silence: null,
  order: { training: [], waiting: [] },
}));

/** By number: the clock may have been set back since. */
const newestFirst = (records: readonly RunRecord[]) => [...records].sort((a, b) => b.number - a.number);

function keepRecord(record: RunRecord): void {
  useRuns.setState(({ records }) => ({
    records: newestFirst([...records.filter((other) => other.run !== record.run), record]),
  }));
}

/** `record`: of the run whose folder was `from`. Both names may be known by now. */
function moveRecord(from: string, record: RunRecord): void {
  handOver();
  const { run } = record;
  useRuns.setState(({ records, events, shown }) => {
    const { [from]: before, ...others } = events;
    return {
      records: newestFirst([...records.filter((other) => other.run !== from && other.run !== run), record]),
      events: before ? { [run]: before, ...others } : others,
      shown: shown === from ? run : shown,
    };
  });
}

export async function loadRuns(): Promise<void> {
  const { project } = useProject.getState();
  if (!project) return useRuns.setState({ records: [], events: {}, shown: null });
  const answer = await host.listRuns({ project: project.id });
  if (!answer.ok || useProject.getState().project?.id !== project.id) return;
  const records = newestFirst(answer.value);
  useRuns.setState({ records, shown: records[0]?.run ?? null });
}

/** Other programs, as the command line, train runs of the project too. */
async function reloadRuns(): Promise<void> {
  const { project } = useProject.getState();
  if (!project) return;
  const before = useRuns.getState().records;
  const answer = await host.listRuns({ project: project.id });
  // What was heard meanwhile is newer than the answer.
  if (!answer.ok || useRuns.getState().records !== before) return;
  const records = newestFirst(answer.value);
  useRuns.setState(({ shown }) => ({
    records,
    shown: records.some(({ run }) => run === shown) ? shown : (records[0]?.run ?? null),
  }));
}

export async function loadRunOrder(): Promise<void> {
  const answer = await host.runOrder({});
  if (answer.ok) useRuns.setState({ order: answer.value });
}

/** Times alone do not order events: the clock may be set back. */
const nameOf = (event: RunEvent): string =>
  `${event.type} ${event.time} ${'step' in event ? event.step : ''}`;

/** Shows a run, with everything that it said so far. */
export async function showRun(run: string): Promise<void> {
  useRuns.setState({ shown: run });
  const answer = await host.readRun({ run });
  if (!answer.ok) return reportProblem(answer.problem);
  keepRecord(answer.value.record);
  const known = answer.value.events;
  const told = new Set(known.slice(-(gathered[run] ?? []).length).map(nameOf));
  // What came while the answer was on its way stays in line behind it.
  gathered[run] = (gathered[run] ?? []).filter((event) => !told.has(nameOf(event)));
  useRuns.setState(({ events }) => ({ events: { ...events, [run]: known } }));
}

/** Trains the document as it is on the canvas. */
export async function startRun(): Promise<void> {
  const { project, whole: document } = useProject.getState();
  if (!project) return;
  const answer = await host.startRun({ project: project.id, document });
  if (!answer.ok) {
    reportProblem(answer.problem);
    // Data that were there when they were read may be gone: their block says it too.
    if (answer.problem.code.startsWith('data/')) readSourcesAgain();
    return;
  }
  // What stood in the way of the last one has been mended.
  dismissProblem();
  keepRecord(answer.value.record);
  useRuns.setState({ shown: answer.value.run });
  showWorkspace('train');
}

/**
 * A tiny network says hundreds of things a second. The window looks at the first one at once and at what came in the
 * meantime together, a few times a second.
 */
const GATHER_MS = 150;
let gathered: Record<string, RunEvent[]> = {};
let timer: ReturnType<typeof setTimeout> | undefined;

function handOver(): void {
  clearTimeout(timer);
  timer = undefined;
  const fresh = Object.entries(gathered).filter(([, more]) => more.length > 0);
  if (fresh.length === 0) return;
  gathered = {};
  timer = setTimeout(handOver, GATHER_MS);
  useRuns.setState(({ events }) => ({
    events: {
      ...events,
      ...Object.fromEntries(fresh.map(([run, more]) => [run, [...(events[run] ?? []), ...more]])),
    },
  }));
}

function gather(run: string, event: RunEvent): void {
  (gathered[run] ??= []).push(event);
  if (timer === undefined) handOver();
}

/** Keeps records, events and order up to date, and loads the runs of a project when it is opened. */
export function followRuns(): () => void {
  const ends = [
    host.subscribe((event) => {
      if (event.type === 'run-state' && event.record.document === useProject.getState().document.id) {
        // A new state never stands beside figures from before it.
        handOver();
        keepRecord(event.record);
      }
      if (event.type === 'run-moved' && event.record.document === useProject.getState().document.id)
        moveRecord(event.from, event.record);
      if (event.type === 'run') gather(event.run, event.event);
      if (event.type === 'run-order') useRuns.setState({ order: event.order });
      if (event.type === 'silence') useRuns.setState({ silence: event.seconds > 0 ? event : null });
    }),
    useProject.subscribe((now, before) => {
      if (now.project?.id !== before.project?.id) {
        if (before.project) dismissProblem();
        useRuns.setState({ records: [], events: {}, shown: null });
        void loadRuns();
      }
    }),
  ];
  const reload = () => void reloadRuns();
  window.addEventListener('focus', reload);
  return () => {
    window.removeEventListener('focus', reload);
    ends.forEach((end) => end());
  };
}
