/** Owns which wires may be drawn. A wrong kind is refused with the reason; a wrong shape is not, because an edit may be half done. */
import type { Port, PortKind, Ports } from '../blocks/block';
import type { BlockId, Document, Endpoint, WireId } from '../document/document';
import type { Edit } from '../document/edits';
import { nextWireId } from '../document/ids';
import { definitionIn, portsIn } from './composites';

export type Connection = { ok: true; replaces?: WireId } | { ok: false; reason: string };

const refuse = (reason: string): Connection => ({ ok: false, reason });

/** What may be said of a kind while a wire is dragged: `Loss goes to Train, not to Dense.` */
const GOES_TO: Record<PortKind, string> = {
  tensor: 'A tensor goes to a layer or to the prediction of a loss',
  dataset: 'Data goes to a preparation, to Input or to the labels of a loss',
  loss: 'Loss goes to Train',
  optimizer: 'An optimizer goes to Train',
  metric: 'Metrics go to no block of this version',
};

export function portsOf(document: Document, id: BlockId): Ports | null {
  const block = Object.hasOwn(document.blocks, id) ? document.blocks[id] : undefined;
  return block ? portsIn(document.composites, block) : null;
}

export const firstOfKind = (ports: readonly Port[], kind: PortKind): Port | undefined =>
  ports.find((port) => port.kind === kind);

export const titleOf = (document: Document, id: BlockId): string => {
  const block = Object.hasOwn(document.blocks, id) ? document.blocks[id] : undefined;
  if (!block) return id;
  return block.title || definitionIn(document.composites, block.type)?.title || block.type;
};

/** True where `start` feeds `goal`, directly or through other blocks. */
function feeds(document: Document, start: BlockId, goal: BlockId): boolean {
  const next = new Map<BlockId, BlockId[]>();
  for (const { from, to } of Object.values(document.wires)) {
    const list = next.get(from.block);
    if (list) list.push(to.block);
    else next.set(from.block, [to.block]);
  }
  const found = new Set([start]);
  for (const id of found) {
    if (id === goal) return true;
    for (const other of next.get(id) ?? []) found.add(other);
  }
  return false;
}

/** May a wire run from this output to this input? `replaces` names the wire that it takes the place of. */
export function canConnect(document: Document, from: Endpoint, to: Endpoint): Connection {
  const [source, target] = [portsOf(document, from.block), portsOf(document, to.block)];
  if (!source)
    return refuse(
      `${titleOf(document, from.block)} is not known to this version, so nothing can be wired to it.`,
    );
  if (!target)
    return refuse(
      `${titleOf(document, to.block)} is not known to this version, so nothing can be wired to it.`,
    );
  const output = source.outputs.find((port) => port.name === from.port);
  const input = target.inputs.find((port) => port.name === to.port);
  if (!output || !input) return refuse('A wire runs from an output to an input.');
  if (from.block === to.block) return refuse(`${titleOf(document, to.block)} cannot feed itself.`);
  if (output.kind !== input.kind) return refuse(wrongKind(document, output, input, to.block, target));
  if (feeds(document, to.block, from.block))
    return refuse(
      `This would close a loop: ${titleOf(document, to.block)} already feeds ${titleOf(document, from.block)}.`,
    );
  const arriving = Object.entries(document.wires).filter(
    ([, wire]) => wire.to.block === to.block && wire.to.port === to.port,
  );
  if (arriving.some(([, wire]) => wire.from.block === from.block && wire.from.port === from.port))
    return refuse('These two are connected already.');
  return input.many || arriving.length === 0 ? { ok: true } : { ok: true, replaces: arriving[0][0] };
}

function wrongKind(document: Document, output: Port, input: Port, target: BlockId, ports: Ports): string {
  const title = titleOf(document, target);
  const isAtWrongPort = ports.inputs.some((port) => port.kind === output.kind);
  return `${GOES_TO[output.kind]}, not to ${isAtWrongPort ? `"${input.name}" of ${title}` : title}.`;
}

/** The edit that draws the wire, in place of another where the input takes one only; empty where it is refused. */
export function connect(document: Document, from: Endpoint, to: Endpoint): Edit {
  const allowed = canConnect(document, from, to);
  if (!allowed.ok) return { kind: 'batch', label: 'Connect', edits: [] };
  const add: Edit = { kind: 'add-wire', id: nextWireId(document), wire: { from, to } };
  const edits: Edit[] =
    allowed.replaces === undefined ? [add] : [{ kind: 'remove-wire', id: allowed.replaces }, add];
  return { kind: 'batch', label: 'Connect', edits };
}
