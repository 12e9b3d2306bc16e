/** Arranges the network from left to right. The layout runs in a worker; its answer is dropped where the network changed meanwhile. */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api';
import type { Document, Point, Wire } from '../../shared/document/document';
import { definitionOfBlock, portOf } from '../state/blocks';
import { reportProblem } from '../state/notices';
import { useProject } from '../state/project-store';
import { moveTo } from './actions';
import { showAll } from './canvas-store';
import { geometryOf, GRID } from './geometry';

let engine: Promise<ELK> | null = null;

async function loadEngine(): Promise<ELK> {
  const [{ default: Elk }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ]);
  return new Elk({ workerUrl });
}

const NOTE_GAP = 48;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '64',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'PREFER_EDGES',
  // A long chain is folded into rows, as a text is: one row of thirty blocks could only be read by scrolling.
  'elk.layered.wrapping.strategy': 'SINGLE_EDGE',
  'elk.aspectRatio': '1.7',
};

const portId = (block: string, side: string, port: string) => `${block}/${side}/${port}`;

/** The data's way to the labels of a loss passes by all layers: it would keep the rows from being folded. */
function isShortcut(document: Document, { to }: Wire): boolean {
  const block = document.blocks[to.block];
  return (
    block !== undefined &&
    definitionOfBlock(block)?.behaviour.kind === 'loss' &&
    portOf(block, 'input', to.port)?.kind === 'dataset'
  );
}

function graphOf(document: Document): ElkNode {
  return {
    id: 'network',
    layoutOptions: OPTIONS,
    children: Object.entries(document.blocks).map(([id, block]) => {
      const { width, height, ports } = geometryOf(block);
      return {
        id,
        width,
        height,
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: ports.map((port) => ({
          id: portId(id, port.side, port.name),
          x: port.side === 'input' ? 0 : width,
          y: port.y,
          width: 1,
          height: 1,
          layoutOptions: { 'elk.port.side': port.side === 'input' ? 'WEST' : 'EAST' },
        })),
      };
    }),
    edges: Object.entries(document.wires)
      .filter(([, wire]) => !isShortcut(document, wire))
      .map(([id, { from, to }]) => ({
        id,
        sources: [portId(from.block, 'output', from.port)],
        targets: [portId(to.block, 'input', to.port)],
      })),
  };
}

/** Notes that a block would now lie on go below the network. */
function notesAside(document: Document, places: Readonly<Record<string, Point>>): Record<string, Point> {
  const boxes = Object.entries(places).map(([id, place]) => ({
    ...place,
    ...geometryOf(document.blocks[id]),
  }));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const covered = Object.entries(document.notes).filter(
    ([
      ,
      {
        position: { x, y },
        width,
        height,
      },
    ]) =>
      boxes.some(
        (box) => x < box.x + box.width && x + width > box.x && y < box.y + box.height && y + height > box.y,
      ),
  );
  return Object.fromEntries(
    covered.map(([id, { position }]) => [id, { x: position.x, y: bottom + NOTE_GAP }]),
  );
}

const snapped = (value: number | undefined): number => Math.round((value ?? 0) / GRID) * GRID;

export async function arrange(): Promise<void> {
  const { document } = useProject.getState();
  if (Object.keys(document.blocks).length === 0) return;
  engine ??= loadEngine();
  try {
    const arranged = await (await engine).layout(graphOf(document));
    const now = useProject.getState().document;
    if (now.blocks !== document.blocks || now.wires !== document.wires) return;
    const positions: Record<string, Point> = {};
    for (const { id, x, y } of arranged.children ?? []) positions[id] = { x: snapped(x), y: snapped(y) };
    moveTo({ ...positions, ...notesAside(document, positions) }, 'Arrange the network');
    requestAnimationFrame(showAll);
  } catch {
    engine = null;
    reportProblem({
      code: 'layout/failed',
      message: 'The network could not be arranged. The blocks stay where they were.',
    });
  }
}
