/** Owns how a case is made from a row of blocks: each one's definition says what the next one gets. */
import type { Json } from '../../../shared/document/document';
import type { Shape } from '../../../shared/compiler/shape';
import { dense, type PlanSketch } from '../../engine/plans';
import { caseOf, optimizer, sizeOf, type Case } from '../parity';
import { layerOf } from './block-case';

/** Block type, parameters, and what it reads: names of blocks before it, `input`, or nothing for the last one. */
export type Link = [type: string, params?: Record<string, Json>, reads?: readonly string[]];

export interface ChainOptions {
  /** Inputs are whole numbers under this. */
  below?: number;
  /** How many classes are told apart, after Flatten where that is needed. */
  classes?: number;
}

/** Blocks are called `a`, `b`, `c` …; a Dense layer with softmax ends the row. */
export function chainCase(
  name: string,
  inner: readonly number[],
  links: readonly Link[],
  { below, classes = 3 }: ChainOptions = {},
): Case {
  const shapes = new Map<string, Shape>([['input', [null, ...inner]]]);
  let last = 'input';
  const layers = links.map(([type, params = {}, reads = [last]], i): PlanSketch['layers'][number] => {
    const block = String.fromCharCode(97 + i);
    const layer = layerOf(type, params, reads.map((read) => shapes.get(read) ?? []));
    shapes.set(block, layer.output_shape);
    last = block;
    return { ...layer, block, inbound: [...reads] };
  }); // prettier-ignore
  const end = shapes.get(last) ?? [];
  const flat = sizeOf(end.slice(1).map((size) => size ?? 1));
  return caseOf(
    name,
    {
      input: [null, ...inner],
      layers: [
        ...layers,
        ...(end.length > 2
          ? [{ block: 'flat', class_name: 'Flatten', config: {}, output_shape: [null, flat] }]
          : []),
        dense('out', classes, 'softmax'),
      ],
      ...optimizer('SGD', { learning_rate: 0.1 }),
    },
    false,
    { below },
  );
}
