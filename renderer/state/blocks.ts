/** The catalogue and the document's composites as the window asks them: by a block. Values are kept as long as the parameters are. */
import type { AnyBlockDefinition, Port, Values } from '../../shared/blocks/block';
import { library } from '../../shared/architectures/library';
import { definitionIn, valuesIn } from '../../shared/compiler/composites';
import type { Block, Composites } from '../../shared/document/document';
import { useProject } from './project-store';

const values = new WeakMap<Block['params'], { definition: AnyBlockDefinition | undefined; values: Values }>();

const withLibrary = new WeakMap<Composites, Composites>();

/** Of the project, and those that come with the application: the palette shows them before they are in a project. */
function ofProject(): Composites {
  const { composites } = useProject.getState().document;
  const known = withLibrary.get(composites);
  if (known) return known;
  const all = { ...library, ...composites };
  withLibrary.set(composites, all);
  return all;
}

/** Blocks of a document that is not open are asked with the composites of that document. */
export const definitionOfBlock = (
  block: Pick<Block, 'type'>,
  composites: Composites = ofProject(),
): AnyBlockDefinition | undefined => definitionIn(composites, block.type);

export function valuesOfBlock(block: Block, composites: Composites = ofProject()): Values {
  const definition = definitionIn(composites, block.type);
  const known = values.get(block.params);
  if (known && known.definition === definition) return known.values;
  const complete = valuesIn(composites, block);
  values.set(block.params, { definition, values: complete });
  return complete;
}

/** The port of a block by its name, on one side. */
export function portOf(
  block: Block,
  side: 'input' | 'output',
  name: string,
  composites: Composites = ofProject(),
): Port | undefined {
  const ports = definitionOfBlock(block, composites)?.ports(valuesOfBlock(block, composites));
  return (side === 'input' ? ports?.inputs : ports?.outputs)?.find((port) => port.name === name);
}
