/** Owns which units have no slope left: a ReLU that answers 0 to every sample, a sigmoid or tanh in its flat part. */
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan, PlanLayer } from '../../../shared/compiler/plan';
import type { ExaminedBlock } from '../../../shared/protocol/run';
import { subjectsOf } from '../pictures/subject';
import { tf } from '../tensorflow';

type Units = NonNullable<ExaminedBlock['units']>;

/** Blocks that are an activation have it as their class. */
const BY_CLASS: Readonly<Record<string, string>> = { ReLU: 'relu', Sigmoid: 'sigmoid', Tanh: 'tanh' };

const RECTIFIED = new Set(['relu', 'relu6']);
/** Distance from the ends of the range at which the slope is below a twentieth of its greatest. */
const FLAT = 0.0127;

/** Recurrent layers show their state, not the gates in which they saturate. */
const RECURRENT = new Set(['SimpleRNN', 'LSTM', 'GRU', 'Bidirectional', 'ConvLSTM2D']);

export function activationOf({ class_name, config }: PlanLayer): string | null {
  if (RECURRENT.has(class_name)) return null;
  const { activation } = config;
  return BY_CLASS[class_name] ?? (typeof activation === 'string' ? activation : null);
}

/** Outputs of now, [samples, ..., units]. null where the activation has no flat part. */
export function unitSlopes(activation: string, outputs: Tensor): Units | null {
  const all = outputs.shape[outputs.shape.length - 1];
  const [samples] = outputs.shape;
  if (outputs.rank < 2 || samples === 0 || all === 0) return null;
  const known = { activation, all, samples };
  if (RECTIFIED.has(activation)) {
    const dead = tf.tidy(
      () => tf.sum(tf.equal(tf.max(tf.abs(tf.reshape(outputs, [-1, all])), 0), 0)).dataSync()[0],
    );
    return { ...known, dead, saturated: 0 };
  }
  if (activation !== 'sigmoid' && activation !== 'tanh') return null;
  const saturated = tf.tidy(() => {
    const inUnit = activation === 'tanh' ? tf.div(tf.add(outputs, 1), 2) : outputs;
    const distance = tf.minimum(inUnit, tf.sub(1, inUnit));
    return tf.mean(tf.cast(tf.less(distance, FLAT), 'float32')).dataSync()[0];
  });
  return { ...known, dead: 0, saturated };
}

/** Blocks whose outputs a loss reads may be sure of themselves, and so may pictures: ink is black and paper white. */
export function hiddenLayers(plan: Plan): PlanLayer[] {
  const shown = new Set(plan.losses.map(({ prediction }) => prediction));
  for (const { picture } of subjectsOf(plan, plan.trainers)) shown.add(picture);
  return plan.layers.filter(({ block }) => !shown.has(block));
}
