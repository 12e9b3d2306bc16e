/** data/label-gap: a class that has a name and a place in the answer, but no samples. */
import { nodesOfKind } from '../network';
import { warning, type Rule } from './rule';

const NAMED = 4;

export const dataLabelGap: Rule = ({ graph, columns }) =>
  nodesOfKind(graph, 'loss').flatMap((loss) => {
    const label = columns.get(loss.id)?.at(0);
    const { classes = [], classCounts = [] } = label ?? {};
    const empty = classes.filter((_, i) => classCounts[i] === 0);
    if (!label || empty.length === 0 || empty.length === classes.length) return [];
    const names = empty.slice(0, NAMED).map((name) => `"${name}"`);
    const rest = empty.length - names.length;
    return [
      warning('data/label-gap', loss, {
        port: 'labels',
        message: `No sample of "${label.name}" is of class ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`,
        why: 'The network has an output for it that it never sees used, and it will never give that answer.',
      }),
    ];
  });
