/** Drawing wires by hand: which ports may take the wire and why not, and what happens where it is dropped. */
import type {
  Connection,
  Edge,
  FinalConnectionState,
  HandleType,
  IsValidConnection,
  OnConnectStart,
} from 'reactflow';
import { apply } from '../../shared/document/edits';
import type { Document, Endpoint } from '../../shared/document/document';
import { useProject } from '../state/project-store';
import { connectPorts, deleteWire, reconnect } from './actions';
import { portKey, showCanvas, useCanvas, type Side } from './canvas-store';
import { geometryOf } from './geometry';
import type { WireFlowEdge } from './wire-edge';
import { portsThatFit, refusal } from './wiring';

const sideOf = (type: HandleType | null): Side => (type === 'target' ? 'input' : 'output');

/** The wire whose end is being dragged, if the wire is not a new one. */
let moved: string | null = null;

function documentWithout(wire: string | null): Document {
  const { document } = useProject.getState();
  return wire ? apply(document, { kind: 'remove-wire', id: wire }) : document;
}

/** Where a wire from `from` may end: the answer for every port of the other side. */
export function answersFrom(document: Document, from: Endpoint, side: Side): Map<string, string | null> {
  const other: Side = side === 'output' ? 'input' : 'output';
  const answers = new Map<string, string | null>();
  for (const [id, block] of Object.entries(document.blocks))
    for (const port of geometryOf(block).ports) {
      const end = { block: id, port: port.name };
      if (port.side === side) {
        answers.set(portKey(end, side), id === from.block && port.name === from.port ? null : sameSide(side));
        continue;
      }
      const reason = side === 'output' ? refusal(document, from, end) : refusal(document, end, from);
      answers.set(portKey(end, other), reason);
    }
  return answers;
}

const sameSide = (side: Side): string =>
  side === 'output'
    ? 'A wire goes from an output to an input; this is an output too.'
    : 'A wire goes from an output to an input; this is an input too.';

export const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (!nodeId || !handleId) return;
  const from = { block: nodeId, port: handleId };
  const side = sideOf(handleType);
  showCanvas({ drawing: { from, side, answers: answersFrom(documentWithout(moved), from, side) } });
};

type Ends = Pick<Connection, 'source' | 'target' | 'sourceHandle' | 'targetHandle'>;
const endsOf = ({ source, sourceHandle, target, targetHandle }: Ends): { from: Endpoint; to: Endpoint } => ({
  from: { block: source, port: sourceHandle ?? '' },
  to: { block: target, port: targetHandle ?? '' },
});

export const isValidConnection: IsValidConnection<WireFlowEdge> = (connection) => {
  const { drawing } = useCanvas.getState();
  const { from, to } = endsOf({
    ...connection,
    sourceHandle: connection.sourceHandle ?? null,
    targetHandle: connection.targetHandle ?? null,
  });
  if (!drawing) return refusal(useProject.getState().document, from, to) === null;
  const key = drawing.side === 'output' ? portKey(to, 'input') : portKey(from, 'output');
  return drawing.answers.get(key) === null;
};

export function onConnect(connection: Connection): void {
  const { from, to } = endsOf(connection);
  if (moved === null) connectPorts(from, to);
}

export const pointOf = (event: MouseEvent | TouchEvent): { x: number; y: number } => {
  const source = 'clientX' in event ? event : event.changedTouches[0];
  return { x: source.clientX, y: source.clientY };
};

/** The block under a point of the window that is no end of the wire. */
function blockUnder(point: { x: number; y: number }, except: string): string | null {
  const node = document
    .elementsFromPoint(point.x, point.y)
    .map((element) => element.closest('.react-flow__node-block'))
    .find(Boolean);
  const id = node?.getAttribute('data-id') ?? null;
  return id === except ? null : id;
}

/** A wire that ends on the body of a block goes to its first fitting port; in the void it opens the search. */
export function onConnectEnd(toCanvas: (point: { x: number; y: number }) => { x: number; y: number }) {
  return (event: MouseEvent | TouchEvent, state: FinalConnectionState): void => {
    const { drawing } = useCanvas.getState();
    showCanvas({ drawing: null });
    if (moved !== null || !drawing || state.toHandle) return;
    const at = pointOf(event);
    const { from, side } = drawing;
    const block = blockUnder(at, from.block);
    if (block) {
      const port = portsThatFit(useProject.getState().document, { end: from, side }, block)[0];
      if (port && side === 'output') connectPorts(from, { block, port });
      else if (port) connectPorts({ block, port }, from);
      return;
    }
    if (blockUnder(at, '') === null)
      showCanvas({ search: { at, position: toCanvas(at), from: { end: from, side } } });
  };
}

export function onReconnectStart(_event: unknown, edge: Edge): void {
  moved = edge.id;
}

export function onReconnect(edge: Edge, connection: Connection): void {
  const { from, to } = endsOf(connection);
  const same =
    edge.source === from.block &&
    edge.sourceHandle === from.port &&
    edge.target === to.block &&
    edge.targetHandle === to.port;
  if (!same) reconnect(edge.id, from, to);
}

/** Dropped in the void the wire is taken away; on a port that refuses it stays where it was. */
export function onReconnectEnd(
  _event: MouseEvent | TouchEvent,
  edge: Edge,
  _type: HandleType,
  state: FinalConnectionState,
): void {
  moved = null;
  showCanvas({ drawing: null });
  if (!state.toHandle && edge.id in useProject.getState().document.wires) deleteWire(edge.id);
}
