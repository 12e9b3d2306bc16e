/** Owns what a person can do with composite blocks: make, open, take apart, and decide what shows outside. */
import { group } from '../../shared/compiler/group';
import { REPEAT } from '../../shared/compiler/composites';
import { newBlock } from '../../shared/compiler/insert';
import { unpack } from '../../shared/compiler/unpack';
import type { Composite } from '../../shared/document/document';
import type { Edit } from '../../shared/document/edits';
import { nextId } from '../../shared/document/ids';
import { dismissProblem, reportProblem } from '../state/notices';
import { change, openBlocks, openedComposite, select, useProject } from '../state/project-store';
import { nameOf } from './actions';
import { showCanvas } from './canvas-store';

const project = () => useProject.getState();

export const isComposite = (id: string): boolean => {
  const { document } = project();
  return id in document.blocks && Object.hasOwn(document.composites, document.blocks[id].type);
};

/** A name that no composite of the project has. */
function freshTitle(): string {
  const titles = new Set(Object.values(project().whole.composites).map(({ title }) => title));
  let n = 1;
  while (titles.has(n === 1 ? 'My block' : `My block ${n}`)) n += 1;
  return n === 1 ? 'My block' : `My block ${n}`;
}

/** Puts the selected blocks into one. The junctions of an opened block's own ports stay. */
export function groupSelection(): void {
  const { document, selection } = project();
  const ports = new Set(portJunctions());
  const made = group(
    document,
    selection.blocks.filter((id) => !ports.has(id)),
    freshTitle(),
  );
  if (!made.ok) return reportProblem(made.problem);
  const { edit, block } = made.value;
  // What stood in the way of it before has been selected, too.
  dismissProblem();
  change(edit, { label: 'Group blocks', select: { blocks: [block] } });
}

export function unpackBlock(id: string): void {
  const unpacked = unpack(project().document, id);
  if (!unpacked) return;
  change(unpacked.edit, { label: `Unpack ${nameOf(id)}`, select: { blocks: unpacked.blocks } });
}

export function unpackSelection(): void {
  for (const id of project().selection.blocks.filter(isComposite)) unpackBlock(id);
}

export function openBlock(id: string): void {
  if (isComposite(id)) openBlocks([...project().opened, id]);
}

export function openSelection(): void {
  const { selection } = project();
  if (selection.blocks.length === 1) openBlock(selection.blocks[0]);
}

/** One level up; the block that was open is the selected one. */
export function closeBlock(): void {
  const { opened } = project();
  const id = opened.at(-1);
  if (id === undefined) return;
  openBlocks(opened.slice(0, -1));
  select({ blocks: [id] });
}

/** Shows a block wherever it lies: `stage/conv2d` opens stage. */
export function goTo(path: string): void {
  const ids = path.split('/');
  const id = ids.pop() ?? '';
  openBlocks(ids);
  if (!(id in project().document.blocks)) return;
  select({ blocks: [id] });
  showCanvas({ problemsOf: id, reveal: id });
}

/** How many blocks of the whole project are made of a composite. */
export function usesOf(composite: string): number {
  const { whole } = project();
  const networks = [whole, ...Object.values(whole.composites)];
  return networks.reduce(
    (sum, { blocks }) => sum + Object.values(blocks).filter(({ type }) => type === composite).length,
    0,
  );
}

/** Changes what the opened block shows outside. */
function changeOpened(label: string, next: (composite: Composite) => Composite, before: Edit[] = []): void {
  const { whole } = project();
  const id = openedComposite(project());
  if (id === null) return;
  const edit: Edit = { kind: 'set-composite', id, composite: next(whole.composites[id]) };
  change({ kind: 'batch', label, edits: [...before, edit] }, { label });
}

export function renameOpened(title: string): void {
  changeOpened(`Rename to ${title}`, (composite) => ({ ...composite, title }));
}

/** The name under which a parameter of an inner block shows outside, or null. */
export function exposedAs(block: string, param: string): string | null {
  const id = openedComposite(project());
  if (id === null) return null;
  const found = Object.entries(project().whole.composites[id].exposed).find(
    ([, shown]) => shown.block === block && shown.param === param,
  );
  return found?.[0] ?? null;
}

export function expose(block: string, param: string): void {
  changeOpened(`Show ${param} outside`, (composite) => {
    const isFree = (name: string) => name !== REPEAT && !Object.hasOwn(composite.exposed, name);
    let name = isFree(param) ? param : `${block}_${param}`.slice(0, 60);
    while (!isFree(name)) name = `${name}_2`;
    return { ...composite, exposed: { ...composite.exposed, [name]: { block, param } } };
  });
}

export function conceal(name: string): void {
  changeOpened(`Keep ${name} inside`, (composite) => {
    const { [name]: _, ...exposed } = composite.exposed;
    return { ...composite, exposed };
  });
}

type Side = 'inputs' | 'outputs';

export function addPort(side: Side): void {
  const { document } = project();
  const id = openedComposite(project());
  if (id === null) return;
  const composite = project().whole.composites[id];
  const name = nextId(
    { blocks: {} },
    side === 'inputs' ? 'input' : 'output',
    new Set(Object.keys(composite.ports[side])),
  );
  const block = nextId(document, name);
  const xs = Object.values(document.blocks).map(({ position }) => position);
  const x = side === 'inputs' ? Math.min(0, ...xs.map((p) => p.x)) : Math.max(0, ...xs.map((p) => p.x));
  const y = Math.max(0, ...xs.map((p) => p.y)) + 80;
  const adding: Edit = {
    kind: 'add-block',
    id: block,
    block: { ...newBlock('Junction', { x, y }), title: name },
  };
  const end = { block, port: side === 'inputs' ? 'input' : 'output' };
  changeOpened(
    `Add port ${name}`,
    (now) => ({ ...now, ports: { ...now.ports, [side]: { ...now.ports[side], [name]: end } } }),
    [adding],
  );
  select({ blocks: [block] });
}

/** The junctions inside the opened block where its ports are. */
function portJunctions(): string[] {
  const id = openedComposite(project());
  if (id === null) return [];
  const { inputs, outputs } = project().whole.composites[id].ports;
  return [...Object.values(inputs), ...Object.values(outputs)].map(({ block }) => block);
}

/** The edits by which the opened block loses the ports and shown parameters of blocks that go away. */
export function forgetting(ids: readonly string[]): Edit[] {
  const id = openedComposite(project());
  if (id === null) return [];
  const gone = new Set(ids);
  const composite = project().whole.composites[id];
  const kept = <V extends { block: string }>(record: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(record).filter(([, { block }]) => !gone.has(block)));
  const ports = { inputs: kept(composite.ports.inputs), outputs: kept(composite.ports.outputs) };
  const exposed = kept(composite.exposed);
  const count = ({ ports: p, exposed: e }: Pick<Composite, 'ports' | 'exposed'>) =>
    Object.keys(p.inputs).length + Object.keys(p.outputs).length + Object.keys(e).length;
  if (count({ ports, exposed }) === count(composite)) return [];
  return [{ kind: 'set-composite', id, composite: { ...composite, ports, exposed } }];
}
