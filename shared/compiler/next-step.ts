/** Owns the sentence that says what a network needs before it can be trained, or that it can be. */
import { definitionOf } from '../blocks/catalogue';
import type { Block, Document } from '../document/document';
import type { Compilation } from './compilation';
import type { Diagnostic } from './diagnostic';

/** `Input (28 × 28 × 1 for each sample)`; without numbers where the data will say them. */
function inputText({ type, title, params }: Block): string {
  const name = title || type;
  const { shape } = params;
  return Array.isArray(shape) && shape.length > 0
    ? `${name} (${shape.map((axis) => JSON.stringify(axis)).join(' × ')}${shape.length === 1 ? ' values' : ''} for each sample)`
    : name;
}

export function nextStep(
  { blocks, wires }: Document,
  { plan, diagnostics }: Pick<Compilation, 'plan'> & { diagnostics: readonly Diagnostic[] },
): string {
  const all = Object.entries(blocks);
  const kindOf = (block: Block) => definitionOf(block.type)?.behaviour.kind;
  if (all.length === 0)
    return 'Place a data block first. One click then draws a network for it, or draw your own: Input, layers, a loss, an optimizer and Train.';
  if (plan) return 'The network can be trained. Run is at the top right.';
  if (diagnostics.some(({ severity }) => severity === 'error'))
    return 'The list of problems says what is missing. F8 goes from one to the next.';
  const fed = new Set(Object.values(wires).map(({ to }) => to.block));
  const hungry = all.filter(([id, block]) => kindOf(block) === 'input' && !fed.has(id));
  if (hungry.length > 0) {
    const names = [...new Set(hungry.map(([, block]) => inputText(block)))];
    const each = names.length < hungry.length ? 'each ' : '';
    return `There are no data yet: wire a data block to ${each}${names.join(' and ')}, and its labels to a loss that leads to Train.`;
  }
  return 'Nothing is learned yet: wire a loss and an optimizer to a Train block.';
}
