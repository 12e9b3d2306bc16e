/** The compiler's rules of wiring, as the canvas asks them. */
import { bring, library } from '../../shared/architectures/library';
import { catalogue } from '../../shared/blocks/catalogue';
import { canConnect, connect, portsOf } from '../../shared/compiler/connect';
import { newBlock } from '../../shared/compiler/insert';
import type { Document, Endpoint } from '../../shared/document/document';
import { apply, type Edit } from '../../shared/document/edits';
import { nextWireIds } from '../../shared/document/ids';
import type { Side } from './canvas-store';

export interface WireEnd {
  end: Endpoint;
  side: Side;
}

/** Why no wire may run from this output to this input, or null where one may. */
export function refusal(document: Document, from: Endpoint, to: Endpoint): string | null {
  const answer = canConnect(document, from, to);
  return answer.ok ? null : answer.reason;
}

const ordered = ({ end, side }: WireEnd, other: Endpoint): [Endpoint, Endpoint] =>
  side === 'output' ? [end, other] : [other, end];

/** The edit that draws a wire between `from` and a port of the other side. */
export const connectedEdit = (document: Document, from: WireEnd, other: Endpoint): Edit =>
  connect(document, ...ordered(from, other));

/** The ports of `block` where a wire from `from` may end: those without a wire first. */
export function portsThatFit(document: Document, from: WireEnd, block: string): string[] {
  const ports = portsOf(document, block);
  const candidates = (from.side === 'output' ? ports?.inputs : ports?.outputs) ?? [];
  return candidates
    .map(({ name }) => ({ name, answer: canConnect(document, ...ordered(from, { block, port: name })) }))
    .filter(({ answer }) => answer.ok)
    .sort((a, b) => Number('replaces' in a.answer) - Number('replaces' in b.answer))
    .map(({ name }) => name);
}

/** Puts an existing block into a wire: null where it has no passage of that kind, or is in the way of itself. */
export function insertedEdit(document: Document, wire: string, id: string): Edit | null {
  const { from, to } = document.wires[wire];
  if (from.block === id || to.block === id) return null;
  const open = apply(document, { kind: 'remove-wire', id: wire });
  const input = portsThatFit(open, { end: from, side: 'output' }, id)[0];
  if (input === undefined) return null;
  const [first, second] = nextWireIds(document, 2);
  const entering: Edit = { kind: 'add-wire', id: first, wire: { from, to: { block: id, port: input } } };
  const entered = apply(open, entering);
  const output = portsThatFit(entered, { end: to, side: 'input' }, id)[0];
  if (output === undefined) return null;
  return {
    kind: 'batch',
    label: 'Insert',
    edits: [
      { kind: 'remove-wire', id: wire },
      entering,
      { kind: 'add-wire', id: second, wire: { from: { block: id, port: output }, to } },
    ],
  };
}

const PROBE = 'probe-';

/** The types of which a new block could be wired to this end. */
export function blocksThatFit(document: Document, end: Endpoint, side: Side): string[] {
  const position = { x: 0, y: 0 };
  const types = new Set([
    ...Object.keys(catalogue),
    ...Object.keys(document.composites),
    ...Object.keys(library),
  ]);
  return [...types].filter((wanted) => {
    const { document: here, type } = bring(document, wanted);
    const probed = apply(here, { kind: 'add-block', id: PROBE, block: newBlock(type, position) });
    return portsThatFit(probed, { end, side }, PROBE).length > 0;
  });
}
