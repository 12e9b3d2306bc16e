/** Drawing a wire by keyboard: a menu beside the block that offers only the ports where the wire may end. */
import { NodeToolbar, Position } from 'reactflow';
import { useEffect, useMemo, useRef } from 'react';
import type { Endpoint } from '../../shared/document/document';
import { PortMark } from '../icons/marks';
import { portOf } from '../state/blocks';
import { selectedBlock, useProject } from '../state/project-store';
import { connectPorts, nameOf } from './actions';
import { showCanvas, useCanvas, type Side } from './canvas-store';
import { answersFrom } from './drawing';
import { geometryOf } from './geometry';

interface Offer {
  from: Endpoint;
  side: Side;
  to: Endpoint;
}

/** From every port of the block, to every port that takes the wire. Ports without a wire come first. */
function offersOf(id: string): Offer[] {
  const { document } = useProject.getState();
  const block = document.blocks[id];
  if (!block) return [];
  const ports = [...geometryOf(block).ports].sort((a, b) =>
    a.side === b.side ? 0 : a.side === 'output' ? -1 : 1,
  );
  return ports.flatMap(({ name, side }) => {
    const from = { block: id, port: name };
    return [...answersFrom(document, from, side)]
      .filter(([, reason]) => reason === null)
      .map(([key]) => key.split('/'))
      .filter(([to, toSide]) => to !== id && toSide !== side)
      .map(([to, , port]) => ({ from, side, to: { block: to, port } }));
  });
}

export function startKeyboardWire(): void {
  const id = selectedBlock(useProject.getState());
  if (id) showCanvas({ keyboardWire: { from: { block: id, port: '' }, side: 'output' } });
}

function moveInMenu(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (event.key === 'Escape') showCanvas({ keyboardWire: null });
  if (step === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const here = items.findIndex((item) => item === document.activeElement);
  items[(here + step + items.length) % items.length]?.focus();
}

function OfferItem({ offer }: { offer: Offer }) {
  const kind = useProject((state) => {
    const block = state.document.blocks[offer.from.block];
    return block ? portOf(block, offer.side, offer.from.port)?.kind : undefined;
  });
  const choose = () => {
    if (offer.side === 'output') connectPorts(offer.from, offer.to);
    else connectPorts(offer.to, offer.from);
    showCanvas({ keyboardWire: null });
  };
  return (
    <button type="button" role="menuitem" className="offer" onClick={choose}>
      {kind && <PortMark kind={kind} />}
      <span className="grow">
        {offer.from.port} {offer.side === 'output' ? '→' : '←'} {nameOf(offer.to.block)}
      </span>
      <span className="ink3">{offer.to.port}</span>
    </button>
  );
}

export function KeyboardWire() {
  const wire = useCanvas((state) => state.keyboardWire);
  const box = useRef<HTMLDivElement>(null);
  const id = wire?.from.block ?? null;
  const offers = useMemo(() => (id ? offersOf(id) : []), [id]);
  useEffect(() => {
    if (!id) return;
    const before = document.activeElement;
    const frame = requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true }),
    );
    return () => {
      cancelAnimationFrame(frame);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [id]);
  if (!id) return null;
  return (
    <NodeToolbar nodeId={id} isVisible position={Position.Right} align="start" offset={16}>
      <div
        ref={box}
        className="offers nowheel"
        role="menu"
        aria-label={`Connect ${nameOf(id)}`}
        onKeyDown={moveInMenu}
      >
        {offers.map((offer) => (
          <OfferItem key={JSON.stringify(offer)} offer={offer} />
        ))}
        {offers.length === 0 && (
          <button
            type="button"
            role="menuitem"
            className="offer"
            onClick={() => showCanvas({ keyboardWire: null })}
          >
            No port fits
          </button>
        )}
      </div>
    </NodeToolbar>
  );
}
