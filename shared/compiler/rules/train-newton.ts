/** train/newton: a method that works out all second slopes, for more weights than it can. */
import { MOST_WEIGHTS, newton } from '../../blocks/optimizer/newton';
import { diagnose } from '../fixes';
import { feeder } from '../graph';
import { nodesOfKind, trainedBy } from '../network';
import type { Rule } from './rule';

export const trainNewton: Rule = ({ graph, inferences }) =>
  nodesOfKind(graph, 'train').flatMap((train) => {
    const optimizer = feeder(graph, train, 'optimizer');
    if (optimizer?.definition.type !== newton.type) return [];
    const weights = [...trainedBy(graph, train)]
      .flatMap(({ id }) => inferences.get(id)?.weights ?? [])
      .filter(({ trainable }) => trainable)
      .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
    if (weights <= MOST_WEIGHTS) return [];
    return [
      diagnose(graph, optimizer, {
        code: 'train/newton',
        severity: 'error',
        message: `${optimizer.label} takes up to ${MOST_WEIGHTS} weights; this network has ${weights.toLocaleString('en')} to learn.`,
        why: 'It measures the slope on both sides of every weight at each step, and keeps a table of all pairs.',
        fixes: [{ label: 'Replace with LBFGS', kind: 'replace', type: 'LBFGS' }],
      }),
    ];
  });
