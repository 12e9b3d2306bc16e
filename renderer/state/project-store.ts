/**
 * Owns the open project: its document, the history of edits, what is selected, which composite block is opened and which
 * workspace shows. Everything that changes the document goes through `change`; shapes, costs and diagnostics are derived
 * in compilation.ts.
 */
import { create } from 'zustand';
import { insideOf, type Edit } from '../../shared/document/edits';
import { emptyDocument, type Document } from '../../shared/document/document';
import type { DataFacts } from '../../shared/document/facts';
import type { OpenProject } from '../../shared/protocol/host-api';
import { emptyHistory, record, redone, undone, type Entry, type History } from './history';

export type Workspace = 'start' | 'build' | 'train' | 'examine';

export interface Selection {
  blocks: readonly string[];
  wires: readonly string[];
  notes: readonly string[];
}
export const nothing: Selection = { blocks: [], wires: [], notes: [] };

export interface ProjectInfo {
  /** Names the open project in requests to the host. */
  id: string;
  name: string;
  path: string | null;
  savedAt: number | null;
  newerAutosave: OpenProject['newerAutosave'];
  recovered: OpenProject['recovered'];
  alsoOpen: boolean;
}

export interface ProjectState {
  /** null while no project is open; then the document is empty. */
  project: ProjectInfo | null;
  /** The document of the project. */
  whole: Document;
  /** The ids of the composite blocks that are opened, outermost first; empty where the whole network shows. */
  opened: readonly string[];
  /** What the canvas shows and edits: the whole document, with the inside of the opened block as its network. */
  document: Document;
  history: History;
  /** The last entry of the history when the file was written; null where the document was opened unsaved. */
  savedEntry: Entry | null | undefined;
  saving: boolean;
  /** When the copy beside the application's data was last written. */
  autosavedAt: number | null;
  selection: Selection;
  workspace: Workspace;
}

const noDocument = emptyDocument('no-project', '');
const closed = {
  project: null,
  whole: noDocument,
  opened: [],
  document: noDocument,
  history: emptyHistory,
  savedEntry: undefined,
  saving: false,
  autosavedAt: null,
  selection: nothing,
};

export const useProject = create<ProjectState>(() => ({ ...closed, workspace: 'start' }));

/** Something was changed since the file was written. */
export const isEdited = (state: ProjectState): boolean => state.history.past.at(-1) !== state.savedEntry;

export function showProject(opened: OpenProject, workspace: Workspace = 'build'): void {
  useProject.setState({
    ...closed,
    project: {
      id: opened.project,
      name: opened.name,
      path: opened.path,
      savedAt: opened.savedAt,
      newerAutosave: opened.newerAutosave,
      recovered: opened.recovered,
      alsoOpen: opened.alsoOpen ?? false,
    },
    savedEntry: opened.unsaved ? null : undefined,
    autosavedAt: opened.recovered?.time ?? null,
    whole: opened.document,
    document: opened.document,
    workspace,
  });
}

/** The start page, with nothing open. */
export function showNoProject(): void {
  useProject.setState({ ...closed, workspace: 'start' });
}

/** Nobody needs to be told any more of how the project was found. */
export function forgetNotes(): void {
  useProject.setState(({ project }) => ({
    project: project && { ...project, recovered: undefined, newerAutosave: undefined, alsoOpen: false },
  }));
}

/** The composite that an opened block is made of; null for the whole network or where there is no such block. */
export function openedComposite({ whole, opened }: Pick<ProjectState, 'whole' | 'opened'>): string | null {
  let blocks = whole.blocks;
  let composite: string | null = null;
  for (const id of opened) {
    const type: string | undefined = Object.hasOwn(blocks, id) ? blocks[id].type : undefined;
    if (type === undefined || !Object.hasOwn(whole.composites, type)) return null;
    composite = type;
    blocks = whole.composites[type].blocks;
  }
  return composite;
}

/** What shows after the document changed: the same block is open, if it is still there. */
function shown(
  whole: Document,
  opened: readonly string[],
): Pick<ProjectState, 'whole' | 'opened' | 'document'> {
  for (let depth = opened.length; depth > 0; depth--) {
    const path = opened.slice(0, depth);
    const composite = openedComposite({ whole, opened: path });
    const inside = composite === null ? null : insideOf(whole, composite);
    if (inside) return { whole, opened: depth === opened.length ? opened : path, document: inside };
  }
  // The list stays the same one: whoever follows it would else see another network being opened.
  return { whole, opened: opened.length === 0 ? opened : [], document: whole };
}

/** Shows the inside of a composite block, or with an empty path the whole network. */
export function openBlocks(opened: readonly string[]): void {
  const state = useProject.getState();
  if (opened.join('/') === state.opened.join('/')) return;
  useProject.setState({ ...shown(state.whole, opened), selection: nothing });
}

export function showWorkspace(workspace: Workspace): void {
  useProject.setState({ workspace });
}

/** What is selected but no longer there is forgotten. */
function pruned(selection: Selection, document: Document): Selection {
  const blocks = selection.blocks.filter((id) => id in document.blocks);
  const wires = selection.wires.filter((id) => id in document.wires);
  const notes = selection.notes.filter((id) => id in document.notes);
  const same =
    blocks.length === selection.blocks.length &&
    wires.length === selection.wires.length &&
    notes.length === selection.notes.length;
  return same ? selection : { blocks, wires, notes };
}

export interface ChangeOptions {
  label: string;
  /** The edit is one of the whole document, wherever the canvas is. */
  ofWhole?: boolean;
  /** Changes with the same key in quick succession are undone together. */
  key?: string;
  select?: Partial<Selection>;
}

export function change(edit: Edit, { label, key, select, ofWhole = false }: ChangeOptions): void {
  if (edit.kind === 'batch' && edit.edits.length === 0) return;
  useProject.setState((state) => {
    const composite = ofWhole ? null : openedComposite(state);
    const wholeEdit: Edit = composite === null ? edit : { kind: 'in-composite', id: composite, edit };
    const { document: whole, history } = record(
      { document: state.whole, history: state.history },
      wholeEdit,
      {
        label,
        key: key === undefined ? null : `${composite ?? ''} ${key}`,
        time: Date.now(),
      },
    );
    const next = shown(whole, state.opened);
    const selection = select ? { ...nothing, ...select } : state.selection;
    return { ...next, history, selection: pruned(selection, next.document) };
  });
}

function step(take: typeof undone): Entry | null {
  const state = useProject.getState();
  const taken = take({ document: state.whole, history: state.history });
  if (!taken) return null;
  const next = shown(taken.document, state.opened);
  useProject.setState({
    ...next,
    history: taken.history,
    selection: pruned(state.selection, next.document),
  });
  return taken.entry;
}
export const undo = (): Entry | null => step(undone);
export const redo = (): Entry | null => step(redone);

const sameIds = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, i) => id === b[i]);

export function select(selection: Partial<Selection>): void {
  const next = { ...nothing, ...selection };
  const now = useProject.getState().selection;
  if (sameIds(now.blocks, next.blocks) && sameIds(now.wires, next.wires) && sameIds(now.notes, next.notes))
    return;
  useProject.setState({ selection: next });
}

/** Where the canvas stands is kept with the document, but is nothing to undo. Inside a composite it is not kept. */
export function rememberView(view: Document['view']): void {
  useProject.setState((state) =>
    state.opened.length > 0 ? state : shown({ ...state.whole, view }, state.opened),
  );
}

/** Facts are what a reader found, not what the person did: they are not part of the history. */
export function rememberFacts(block: string, facts: DataFacts | null): void {
  useProject.setState((state) => {
    if (!(block in state.whole.blocks)) return state;
    const { [block]: _, ...others } = state.whole.facts;
    const whole = { ...state.whole, facts: facts ? { ...others, [block]: facts } : others };
    return shown(whole, state.opened);
  });
}

/** The one selected block, or null where none or several are. */
export const selectedBlock = (state: ProjectState): string | null =>
  state.selection.blocks.length === 1 && state.selection.notes.length === 0
    ? state.selection.blocks[0]
    : null;

/** The one selected wire, or null where anything else is selected too. */
export const selectedWire = ({ selection, document }: ProjectState): string | null => {
  const [wire, ...more] = selection.wires;
  const isAlone = more.length + selection.blocks.length + selection.notes.length === 0;
  return wire !== undefined && isAlone && Object.hasOwn(document.wires, wire) ? wire : null;
};
