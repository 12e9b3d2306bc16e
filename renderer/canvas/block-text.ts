/** Owns what stands on a block: title, the one line that matters, and the cost line. */
import type { AnyBlockDefinition, Values } from '../../shared/blocks/block';
import type { BlockResult } from '../../shared/compiler/compilation';
import { shortShapeText } from '../../shared/compiler/shape';
import type { Block } from '../../shared/document/document';
import { PARTS, type DataFacts } from '../../shared/document/facts';
import { countText, plural, shortCountText } from '../ui/numbers';

export type CanvasView = 'shapes' | 'cost';

export const titleOf = (block: Block, definition: AnyBlockDefinition | undefined): string =>
  block.title || definition?.title || block.type;

/** `75 / 8 / 17 %`: what each part really has, because parts that a source brings are kept. */
const partsText = ({ n, parts }: DataFacts): string =>
  `${PARTS.map((part) => Math.round((100 * parts[part]) / Math.max(1, n))).join(' / ')} %`;

export function captionOf(
  definition: AnyBlockDefinition | undefined,
  values: Values,
  result: BlockResult | undefined,
): string {
  if (!definition) return 'Unknown block';
  const { behaviour } = definition;
  if (behaviour.kind === 'preparation' && behaviour.assignsParts && result?.facts)
    return partsText(result.facts);
  const caption = definition.caption(values);
  if (caption === '' && behaviour.kind === 'input' && result?.output) return shortShapeText(result.output);
  return caption;
}

/** What a source holds; the samples are left out where the caption counts them. */
function sourceLine(result: BlockResult | undefined, counted: boolean): string {
  const facts = result?.facts;
  if (!facts) return 'not read yet';
  const classes = facts.columns.find((column) => column.role === 'target')?.classes;
  const samples = counted && classes ? '' : `${countText(facts.n)} samples`;
  return [samples, classes && `${classes.length} classes`].filter(Boolean).join(', ');
}

/** Millions shortened, so that they have room on a small block; the inspector has all figures. */
function weightsText(count: number): string {
  if (count === 0) return 'no weights';
  return count < 1e6 ? plural(count, 'weight') : `${shortCountText(count)} weights`;
}

/**
 * The faint line at the foot. `block` gives what was changed from the defaults, `cost` what the cost view tells;
 * `unread` is a source that could not be read.
 */
export function footOf(
  block: Block,
  definition: AnyBlockDefinition | undefined,
  result: BlockResult | undefined,
  { cost, unread }: { cost: string | null; unread: boolean },
): string {
  if (!definition) return block.type;
  switch (definition.behaviour.kind) {
    case 'source':
      return unread ? 'could not be read' : sourceLine(result, 'count' in definition.parameters);
    case 'preparation':
      if (!result?.facts) return 'no data yet';
      return definition.behaviour.assignsParts
        ? PARTS.map((part) => countText(result.facts?.parts[part] ?? 0)).join(' / ')
        : `${countText(result.facts.n)} samples`;
    case 'input':
    case 'layer':
    case 'composite':
      if (!result) return '';
      return cost ?? weightsText(result.parameters);
    case 'optimizer': {
      const changed = Object.keys(block.params).length;
      return changed === 0 ? 'defaults' : `${changed} changed`;
    }
    case 'loss':
    case 'train':
    case 'junction':
      return '';
  }
}
