/** The catalogue as the window asks it: by a block of the document. Values are kept as long as the parameters are. */
import type { AnyBlockDefinition, Port, Values } from '../../shared/blocks/block';
import { definitionOf, valuesOf } from '../../shared/blocks/catalogue';
import type { Block } from '../../shared/document/document';

const values = new WeakMap<Block['params'], { type: string; values: Values }>();

export const definitionOfBlock = (block: Block): AnyBlockDefinition | undefined => definitionOf(block.type);

export function valuesOfBlock(block: Block): Values {
  const known = values.get(block.params);
  if (known?.type === block.type) return known.values;
  const complete = valuesOf(block);
  values.set(block.params, { type: block.type, values: complete });
  return complete;
}

/** The port of a block by its name, on one side. */
export function portOf(block: Block, side: 'input' | 'output', name: string): Port | undefined {
  const ports = definitionOfBlock(block)?.ports(valuesOfBlock(block));
  return (side === 'input' ? ports?.inputs : ports?.outputs)?.find((port) => port.name === name);
}
