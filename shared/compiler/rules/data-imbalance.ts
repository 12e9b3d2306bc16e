/** data/imbalance: one class has far more samples than another. */
import type { Fix } from '../diagnostic';
import { consumers } from '../graph';
import { nodesOfKind } from '../network';
import { warning, type Rule } from './rule';

/** Michelucci, Applied Deep Learning (2018), chapter 6, warns of unbalanced classes; the share is our own choice. */
const SMALLEST_SHARE = 0.2;

export const dataImbalance: Rule = ({ graph, columns }) =>
  nodesOfKind(graph, 'loss').flatMap((loss) => {
    const label = columns.get(loss.id)?.at(0);
    const trains = consumers(graph, loss).filter((node) => node.definition.behaviour.kind === 'train');
    const counts = label?.classCounts ?? [];
    if (!label?.classes || counts.length < 2 || trains.length === 0) return [];
    if (trains.every((train) => train.values.class_weight !== null)) return [];
    const [smallest, largest] = [Math.min(...counts), Math.max(...counts)];
    if (smallest >= SMALLEST_SHARE * largest) return [];
    const name = (count: number) => label.classes?.[counts.indexOf(count)] ?? '';
    const share = Math.round((100 * largest) / counts.reduce((sum, count) => sum + count, 0));
    const fixes = trains.map((train): Fix => ({
      label: 'Balance class_weight',
      edit: { kind: 'set-param', id: train.id, name: 'class_weight', value: 'balanced' },
    }));
    return [
      warning('data/imbalance', loss, {
        port: 'labels',
        message: `Class "${name(smallest)}" has ${smallest.toLocaleString('en')} samples, class "${name(largest)}" has ${largest.toLocaleString('en')}.`,
        why: `Always answering "${name(largest)}" is right in ${share} % of all cases: that is the accuracy to beat, and rare classes are easily ignored.`,
        fixes,
      }),
    ];
  });
