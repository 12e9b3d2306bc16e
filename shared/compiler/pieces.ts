/**
 * Phase 0, second half: a block that cuts a tensor into parts becomes a junction with a Slice for every part that is used,
 * so that all that follows knows layers with one output only. Slices are called `split/part_2`, as if they lay inside.
 */
import { checkValue } from '../blocks/parameter';
import { definitionOf, valuesOf } from '../blocks/catalogue';
import { CUTS, partsOf } from '../blocks/tensor/split-tensor';
import type { Block, BlockId, Document, Wire } from '../document/document';
import type { Diagnostic } from './diagnostic';
import { Memory } from './memory';

export interface Cut {
  document: Document;
  /** The block that a Slice is a part of. */
  pieces: ReadonlyMap<BlockId, BlockId>;
}

/** The same objects for the same blocks, so that what was computed of them is remembered. */
const blocks = new Memory<Block>();
const wires = new Memory<Wire>();

/** What is wrong with a block says the block itself, as it is. */
const isRight = ({ type, params }: Block): boolean => {
  const parameters = definitionOf(type)?.parameters ?? {};
  const values = valuesOf({ type, params });
  return (
    Object.entries(parameters).every(
      ([name, parameter]) => checkValue(name, values[name], parameter) === null,
    ) && partsOf(values.indices) !== null
  );
};

export function cutUp(document: Document): Cut {
  const cutting = Object.entries(document.blocks).filter(
    ([, block]) => block.type === CUTS && block.mode === undefined && isRight(block),
  );
  if (cutting.length === 0) return { document, pieces: new Map() };
  const cut: Document = { ...document, blocks: { ...document.blocks }, wires: { ...document.wires } };
  const pieces = new Map<BlockId, BlockId>();
  for (const [id, block] of cutting) cutBlock(cut, id, block, pieces);
  return { document: cut, pieces };
}

function cutBlock(document: Document, id: BlockId, block: Block, pieces: Map<BlockId, BlockId>): void {
  const { axis, indices } = valuesOf(block);
  const title = block.title || (definitionOf(block.type)?.title ?? '');
  const parts = partsOf(indices) ?? [];
  document.blocks[id] = blocks.of(block, id, [], () => ({ ...block, type: 'Junction', version: 1, params: {}, title })); // prettier-ignore
  for (const [wireId, wire] of Object.entries(document.wires)) {
    const part = wire.from.block === id ? parts.find(({ port }) => port === wire.from.port) : undefined;
    if (!part) continue;
    const piece = `${id}/${part.port}`;
    document.wires[wireId] = wires.of(wire, wireId, [piece], () => ({ from: { block: piece, port: 'output' }, to: wire.to })); // prettier-ignore
    if (pieces.has(piece)) continue;
    pieces.set(piece, id);
    document.blocks[piece] = blocks.of(block, piece, [], () => ({
      ...block,
      type: 'Slice',
      version: 1,
      params: { axis, start: part.start, length: part.length },
      title: `${title} ${part.port}`,
    }));
    document.wires[piece] = wires.of(block, piece, [], () => ({ from: { block: id, port: 'output' }, to: { block: piece, port: 'input' } })); // prettier-ignore
  }
}

/** What is said of the parts is said of the block that is drawn, and once. Their fixes would change what is not drawn. */
export function ofWholes({ pieces }: Cut, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const said = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    const whole = diagnostic.block === null ? undefined : pieces.get(diagnostic.block);
    if (whole === undefined) return [diagnostic];
    const remark = [whole, diagnostic.code, diagnostic.port].join(' ');
    if (said.has(remark)) return [];
    said.add(remark);
    return [{ ...diagnostic, block: whole, fixes: [] }];
  });
}
