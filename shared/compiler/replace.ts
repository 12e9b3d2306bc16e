/** Owns what a block can be replaced with where it stands: another loss, optimizer or activation, with the same wires. */
import { catalogue, definitionOf } from '../blocks/catalogue';
import type { BlockId, Document } from '../document/document';
import { apply, type Edit } from '../document/edits';
import { compile } from './compile';
import { portsOf } from './connect';
import { newBlock } from './insert';

const EXCHANGED = new Set(['Loss', 'Optimizer', 'Activation']);

/** Another type in its place: id, title, place and wires stay, parameters are the defaults. */
export function replaceBlock(document: Document, id: BlockId, type: string): Edit {
  const { position, title, mode } = document.blocks[id];
  const block = { ...newBlock(type, position), title, ...(mode ? { mode } : {}) };
  return { kind: 'add-block', id, block };
}

function portNames(document: Document, id: BlockId): string {
  const { inputs = [], outputs = [] } = portsOf(document, id) ?? {};
  return [...inputs, ...outputs].map(({ name, kind }) => `${name} ${kind}`).join();
}

/** Types of the same family that have the same ports and give no error there, in the order of the palette. */
export function replacementsOf(document: Document, id: BlockId): string[] {
  const block = Object.hasOwn(document.blocks, id) ? document.blocks[id] : undefined;
  const category = block && definitionOf(block.type)?.category;
  if (!block || category === undefined || !EXCHANGED.has(category)) return [];
  const ports = portNames(document, id);
  return Object.values(catalogue)
    .filter((candidate) => candidate.category === category && candidate.type !== block.type)
    .filter(({ type }) => {
      const replaced = apply(document, replaceBlock(document, id, type));
      if (portNames(replaced, id) !== ports) return false;
      return !compile(replaced).diagnostics.some((found) => found.block === id && found.severity === 'error');
    })
    .map(({ type }) => type);
}
