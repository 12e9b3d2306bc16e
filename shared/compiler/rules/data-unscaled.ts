/** data/unscaled: inputs far larger than the weights are made for. */
import type { ColumnFacts } from '../../document/facts';
import { NORMALISING } from '../../metrics/scaled-inputs';
import { consumers, type Node } from '../graph';
import { insertBefore } from '../insert';
import { nodesOfKind } from '../network';
import { numberText, warning, type Rule } from './rule';

/** Initial weights suit inputs of about size 1; pixels are 0…255 before they are scaled. */
const LARGEST_PICTURE = 2;
const LARGEST_FEATURE = 10;

export const isPicture = (column: ColumnFacts) => column.shape.length >= 2;

export function isLarge(column: ColumnFacts): boolean {
  const { mean, std } = column;
  if (column.encoding === 'one-hot' || mean === null || std === null) return false;
  return Math.hypot(mean, std) > (isPicture(column) ? LARGEST_PICTURE : LARGEST_FEATURE);
}

const rangeText = ({ name, min, max }: ColumnFacts) =>
  min === null || max === null ? `"${name}"` : `"${name}" runs from ${numberText(min)} to ${numberText(max)}`;

/** Numbers that are looked up in a table are names, not amounts; others may be scaled by the layer itself. */
const takesAnySize = ({ definition: { type } }: Node) => type === 'Embedding' || NORMALISING.has(type);

export const dataUnscaled: Rule = (network) =>
  nodesOfKind(network.graph, 'input').flatMap((node) => {
    if (node.outputs.length > 0 && consumers(network.graph, node).every(takesAnySize)) return [];
    const columns = network.columns.get(node.id) ?? [];
    const large = columns.filter(isLarge);
    if (large.length === 0) return [];
    const type = large.some(isPicture) ? 'Scale' : 'Standardize';
    const insertion = insertBefore(network.graph.document, node.id, 'data', { type });
    const others =
      large.length > 1 ? `, and ${large.length - 1} more of ${columns.length} columns are as large` : '';
    return [
      warning('data/unscaled', node, {
        port: 'data',
        message: `${rangeText(large[0])}${others}.`,
        why: 'Weights start small and move in small steps, which suits inputs of about size 1; others make learning slow or let it fail.',
        fixes: [insertion && { label: `Insert ${type}`, edit: insertion }],
      }),
    ];
  });
