/** train/learning-rate: a step size outside the range that this optimizer is used with. */
import { rangeTestOf } from '../../schedules/schedules';
import { consumers } from '../graph';
import { nodesOfKind } from '../network';
import { numberText, warning, type Rule } from './rule';

const ADAPTIVE = [1e-6, 0.03] as const;

/**
 * Usual rates, generously: Bengio, Practical recommendations (2012) for SGD; the papers and Keras' defaults for the
 * others. Gulli and Pal's table of a rate of 0.1 for Adam is the well-known mistake.
 */
const USUAL: Partial<Record<string, readonly [low: number, high: number]>> = {
  SGD: [1e-5, 1],
  Adam: ADAPTIVE,
  AdamW: ADAPTIVE,
  Nadam: ADAPTIVE,
  Adamax: ADAPTIVE,
  RMSprop: ADAPTIVE,
  Lamb: ADAPTIVE,
  Muon: ADAPTIVE,
  Adafactor: ADAPTIVE,
  ScheduleFreeAdamW: ADAPTIVE,
  Lion: [1e-7, 3e-3],
  Adagrad: [1e-4, 1],
  Adadelta: [1e-4, 10],
  Ftrl: [1e-4, 1],
};
/** v sums up the last steps, so that a momentum of 0.9 acts like a rate that is ten times as large. */
const HIGHEST_WITH_MOMENTUM = 0.3;

export const trainLearningRate: Rule = ({ graph }) =>
  nodesOfKind(graph, 'optimizer').flatMap((node) => {
    const { learning_rate: rate, momentum } = node.values;
    const usual = USUAL[node.definition.type];
    if (!usual || typeof rate !== 'number' || consumers(graph, node).length === 0) return [];
    const { behaviour } = node.definition;
    if (behaviour.kind === 'optimizer' && rangeTestOf(behaviour.learningRate(node.values))) return [];
    const hasMomentum = node.definition.type === 'SGD' && typeof momentum === 'number' && momentum >= 0.5;
    const [low, high] = hasMomentum ? [usual[0], HIGHEST_WITH_MOMENTUM] : usual;
    if (rate >= low && rate <= high) return [];
    const standard = node.definition.parameters.learning_rate.default;
    const isHigh = rate > high;
    return [
      warning('train/learning-rate', node, {
        message: `${node.label} has a learning rate of ${numberText(rate)}; ${low} to ${high} is usual${hasMomentum ? ' with momentum' : ''}.`,
        why: isHigh
          ? 'Steps that are too long jump over the lowest point: the loss swings or grows.'
          : 'Steps that are too short hardly change the weights: the loss seems to stand still.',
        fixes: [
          {
            label: `Set learning_rate to ${String(standard)}`,
            edit: { kind: 'set-param', id: node.id, name: 'learning_rate' },
          },
        ],
      }),
    ];
  });
