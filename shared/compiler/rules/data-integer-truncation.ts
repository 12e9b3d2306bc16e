/** data/integer-truncation: values between 0 and 1 that were stored as whole numbers, so that nearly all of them are 0. */
import type { ColumnFacts } from '../../document/facts';
import { nodesOfKind } from '../network';
import { numberText, warning, type Rule } from './rule';

/** Ink covers more than this share of every set of drawings; what is left here are only the pixels that were exactly 1. */
const SHARE_OF_ONES = 0.02;

const isTruncated = ({ role, dtype, shape, min, max, mean, classes }: ColumnFacts) =>
  role === 'input' &&
  !classes &&
  (dtype === 'uint8' || dtype === 'int32') &&
  shape.length > 0 &&
  min === 0 &&
  max !== null &&
  max <= 1 &&
  mean !== null &&
  mean < SHARE_OF_ONES;

export const dataIntegerTruncation: Rule = (network) =>
  nodesOfKind(network.graph, 'source').flatMap((node) =>
    (network.facts.get(node.id)?.columns ?? []).filter(isTruncated).map((column) =>
      warning('data/integer-truncation', node, {
        message: `"${column.name}" holds whole numbers of which ${numberText(100 * (1 - (column.mean ?? 0)))} % are 0 and none is above ${column.max ?? 0}.`,
        why: 'Values from 0 to 1 that are saved as whole numbers lose everything but the ones. Save them as decimals, or as 0 to 255.',
      }),
    ),
  );
