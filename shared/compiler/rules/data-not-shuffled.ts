/** data/not-shuffled: rows that stand class by class are learned in that order. */
import { consumers } from '../graph';
import { nodesOfKind } from '../network';
import { warning, type Rule } from './rule';

export const dataNotShuffled: Rule = ({ graph, columns }) =>
  nodesOfKind(graph, 'loss').flatMap((loss) => {
    const label = columns.get(loss.id)?.at(0);
    const trains = consumers(graph, loss).filter(({ values }) => values.shuffle === false);
    if (label?.sorted !== true) return [];
    return trains.map((train) =>
      warning('data/not-shuffled', train, {
        message: `${train.label} takes the rows in the order of the data, where they stand class by class in "${label.name}".`,
        why: 'Each batch then holds a single class, and what was learned of the one is forgotten with the next.',
        fixes: [
          {
            label: 'Switch shuffle on',
            edit: { kind: 'set-param', id: train.id, name: 'shuffle' },
          },
        ],
      }),
    );
  });
