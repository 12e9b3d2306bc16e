/** data/scale-spread: features of very different size side by side. */
import type { ColumnFacts } from '../../document/facts';
import { insertBefore } from '../insert';
import { nodesOfKind } from '../network';
import { isLarge } from './data-unscaled';
import { numberText, warning, type Rule } from './rule';

const TIMES = 10;

const isFeature = ({ shape, encoding, classes, std }: ColumnFacts) =>
  shape.length === 0 && !encoding && !classes && std !== null && std > 0;

export const dataScaleSpread: Rule = (network) =>
  nodesOfKind(network.graph, 'input').flatMap((node) => {
    const columns = (network.columns.get(node.id) ?? []).filter(isFeature);
    // Columns that are too large as well are said to be so already, and the same block mends both.
    if (columns.length < 2 || columns.some(isLarge)) return [];
    const bySize = [...columns].sort((a, b) => (a.std ?? 0) - (b.std ?? 0));
    const [small, large] = [bySize[0], bySize[bySize.length - 1]];
    const ratio = (large.std ?? 0) / (small.std ?? 1);
    if (!(ratio > TIMES)) return [];
    const insertion = insertBefore(network.graph.document, node.id, 'data', { type: 'Standardize' });
    return [
      warning('data/scale-spread', node, {
        port: 'data',
        message: `"${large.name}" varies ${numberText(Math.round(ratio))} times as much as "${small.name}" (standard deviation ${numberText(large.std ?? 0)} and ${numberText(small.std ?? 0)}).`,
        why: 'One learning rate serves all weights: what is right for the one is too long or too short a step for the other.',
        fixes: [insertion && { label: 'Insert Standardize', edit: insertion }],
      }),
    ];
  });
