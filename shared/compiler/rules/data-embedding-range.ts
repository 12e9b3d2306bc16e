/** data/embedding-range: numbers that an Embedding has no row for, or that are no whole numbers. */
import type { ColumnFacts } from '../../document/facts';
import { feeder, type Node } from '../graph';
import type { Network } from '../network';
import { error, numberText, warning, type Rule } from './rule';

const KEEPS_VALUES = new Set(['Reshape', 'Flatten', 'Permute', 'RepeatVector']);

/** The columns whose values arrive unchanged. */
function columnsAt(network: Network, node: Node): readonly ColumnFacts[] {
  const seen = new Set<Node>();
  let before = feeder(network.graph, node);
  while (before && !seen.has(before) && KEEPS_VALUES.has(before.definition.type)) {
    seen.add(before);
    before = feeder(network.graph, before);
  }
  return (before && network.columns.get(before.id)) ?? [];
}

const isBroken = ({ dtype, min, max, mean }: ColumnFacts): boolean =>
  dtype === 'float32' &&
  [min, max].some((value) => value !== null && !Number.isInteger(value)) &&
  mean !== null;

export const dataEmbeddingRange: Rule = (network) =>
  network.graph.order.flatMap((node) => {
    if (node.definition.type !== 'Embedding' || network.broken.has(node.id)) return [];
    const columns = columnsAt(network, node);
    const rows = Number(node.values.input_dim);
    const broken = columns.find(isBroken);
    if (broken)
      return [
        warning('data/embedding-range', node, {
          port: 'input',
          message: `${node.label} looks up whole numbers, but "${broken.name}" runs from ${numberText(broken.min ?? 0)} to ${numberText(broken.max ?? 0)}.`,
          why: 'What stands after the point is cut off, and so most values fall on the same row. For amounts Dense is the right layer.',
        }),
      ];
    const outside = columns.find(({ min, max }) => (min ?? 0) < 0 || (max ?? 0) >= rows);
    if (!outside) return [];
    const most = Math.max(...columns.map(({ max }) => max ?? 0));
    const isNegative = (outside.min ?? 0) < 0;
    return [
      error('data/embedding-range', node, {
        port: 'input',
        message: `${node.label} has rows for 0 to ${numberText(rows - 1)}, but "${outside.name}" runs from ${numberText(outside.min ?? 0)} to ${numberText(outside.max ?? 0)}.`,
        why: 'Every number that comes in needs a row of its own in the table.',
        fixes: isNegative
          ? []
          : [
              {
                label: `Set input_dim to ${most + 1}`,
                edit: { kind: 'set-param', id: node.id, name: 'input_dim', value: most + 1 },
              },
            ],
      }),
    ];
  });
