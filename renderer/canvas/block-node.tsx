/** A block on the canvas. Plain elements only: this is drawn again at every move of a drag. */
import type { Severity } from '../../shared/compiler/diagnostic';
import { Handle, Position, type Node, type NodeProps } from 'reactflow';
import { BellOff, Copy, CornerUpRight, Trash2 } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useCompilation } from '../state/compilation';
import { definitionOfBlock, valuesOfBlock } from '../state/blocks';
import { useProject } from '../state/project-store';
import { useSources } from '../state/source-states';
import { BlockIcon } from '../icons/block-icons';
import { KIND_LETTERS, PortMark, SeverityMark } from '../icons/marks';
import { Breakable } from '../ui/breakable';
import { deleteBlocks, toggleMode } from './actions';
import { duplicate } from './copies';
import { captionOf, footOf, titleOf } from './block-text';
import { connectedPorts, portKey, showCanvas, useCanvas } from './canvas-store';
import { geometryOf, type PlacedPort } from './geometry';
import { useBlockHeat } from './heat';
import './block.css';
import './port.css';

export type BlockFlowNode = Node<Record<string, never>, 'block'>;

const TOOLBAR_DELAY_MS = 400;
const icon = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const;

function portName(port: PlacedPort): string {
  return `${port.name}, ${port.kind} ${port.side}`;
}

function BlockPort({ block, port, named }: { block: string; port: PlacedPort; named: boolean }) {
  const key = portKey({ block, port: port.name }, port.side);
  const connected = useProject((state) => connectedPorts(state.document.wires).has(key));
  const answer = useCanvas((state) => state.drawing?.answers.get(key));
  const left = port.side === 'input';
  return (
    <>
      <Handle
        id={port.name}
        type={left ? 'target' : 'source'}
        position={left ? Position.Left : Position.Right}
        style={{ top: port.y }}
        className="port"
        data-fits={answer === null || undefined}
        data-refused={typeof answer === 'string' || undefined}
        aria-label={portName(port)}
        title={`${portName(port)} (${KIND_LETTERS[port.kind]})`}
      >
        <PortMark kind={port.kind} open={!connected} />
        <span className="port-letter">{KIND_LETTERS[port.kind]}</span>
      </Handle>
      {named && (
        <span className="port-name" style={{ top: port.y - 8, [left ? 'left' : 'right']: 12 }}>
          {port.name}
        </span>
      )}
    </>
  );
}

function Badge({ id, severity }: { id: string; severity: Severity }) {
  const summary = useCompilation((state) => {
    const mine = state.problems.filter((problem) => problem.block === id);
    return `${mine.length === 1 ? 'Problem' : `${mine.length} problems`}: ${mine[0]?.message ?? ''}`;
  });
  return (
    <button
      type="button"
      className="block-badge nodrag nopan"
      aria-label={summary}
      aria-haspopup="dialog"
      onClick={(event) => {
        event.stopPropagation();
        showCanvas({ problemsOf: id });
      }}
    >
      <SeverityMark severity={severity} size={20} />
    </button>
  );
}

function Toolbar({ id }: { id: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), TOOLBAR_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="block-toolbar nodrag nopan">
      <div className="float" role="toolbar" aria-label="Block">
        <button
          type="button"
          tabIndex={-1}
          title="Duplicate"
          aria-label="Duplicate"
          onClick={() => duplicate({ blocks: [id], notes: [] })}
        >
          <Copy {...icon} />
        </button>
        <button
          type="button"
          tabIndex={-1}
          title="Bypass"
          aria-label="Bypass"
          onClick={() => toggleMode([id], 'bypassed')}
        >
          <CornerUpRight {...icon} />
        </button>
        <button
          type="button"
          tabIndex={-1}
          title="Mute"
          aria-label="Mute"
          onClick={() => toggleMode([id], 'muted')}
        >
          <BellOff {...icon} />
        </button>
        <button
          type="button"
          tabIndex={-1}
          title="Delete"
          aria-label="Delete"
          onClick={() => deleteBlocks([id])}
        >
          <Trash2 {...icon} />
        </button>
      </div>
    </div>
  );
}

function BlockNodeBody({ id, dragging }: NodeProps<BlockFlowNode>) {
  const block = useProject((state) => state.document.blocks[id]);
  const selected = useProject((state) => state.selection.blocks.includes(id));
  const result = useCompilation((state) => state.blocks[id]);
  const severity = useCompilation((state) => state.severities[id]);
  const unread = useSources((state) => state.sources[id]?.state === 'failed');
  const heat = useBlockHeat(
    id,
    useCanvas((state) => (state.view === 'cost' ? state.heat : null)),
  );
  // What Delete takes is then the wire: buttons at a block would say otherwise.
  const isWireSelected = useProject((state) => state.selection.wires.length > 0);
  const [hovered, setHovered] = useState(false);
  const title = useRef<HTMLSpanElement>(null);
  if (!block) return null;

  const definition = definitionOfBlock(block);
  const values = valuesOfBlock(block);
  const { width, height, ports, named, hasCaption } = geometryOf(block);
  const foot = footOf(block, definition, result, { cost: heat?.text ?? null, unread });
  const name = titleOf(block, definition);
  return (
    <div
      className="block"
      style={{ width, height }}
      data-selected={selected || undefined}
      data-severity={severity}
      data-mode={block.mode}
      data-unknown={!definition || undefined}
      data-composite={definition?.behaviour.kind === 'composite' || undefined}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      {heat !== null && heat.share > 0 && (
        <>
          <div className="block-heat" style={{ opacity: heat.tint }} />
          <div className="block-share" style={{ width: `${100 * heat.share}%` }} />
        </>
      )}
      <div className="block-head">
        <BlockIcon type={block.type} category={definition?.category} />
        <span className="block-title" ref={title} title={name}>
          <Breakable name={name} />
        </span>
        {block.mode && <span className="block-mode">{block.mode === 'muted' ? 'muted' : 'bypass'}</span>}
      </div>
      <div className="block-body" data-named={named || undefined}>
        {hasCaption && <div className="block-caption">{captionOf(definition, values, result)}</div>}
        {foot && <div className="block-foot num">{foot}</div>}
      </div>
      {ports.map((port) => (
        <BlockPort key={`${port.side}/${port.name}`} block={id} port={port} named={named} />
      ))}
      {(severity === 'error' || severity === 'warning') && <Badge id={id} severity={severity} />}
      {hovered && !dragging && !isWireSelected && <Toolbar id={id} />}
    </div>
  );
}

export const BlockNode = memo(BlockNodeBody);
