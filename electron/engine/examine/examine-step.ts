/**
 * Owns the look into one step: how long each block takes, how large gradients, weights and updates are, which units have no
 * slope. The step is computed as the eager step computes it and is not taken: no weight, slot or random number changes.
 */
import { performance } from 'node:perf_hooks';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Plan, PlanTrainer } from '../../../shared/compiler/plan';
import type { Examination, ExaminedBlock } from '../../../shared/protocol/run';
import type { Network } from '../network/network';
import { sampleWeights } from '../step/class-weights';
import { learnerOf, nextValues, pass, type Learner, type StepInputs } from '../step/learning';
import { batchOf } from '../step/objective';
import type { Samples } from '../step/samples';
import type { StepState } from '../step/step';
import { tf } from '../tensorflow';
import { LayerClock } from './layer-clock';
import { activationOf, hiddenLayers, unitSlopes } from './unit-slopes';

export interface ExamineOptions {
  plan: Plan;
  trainer: PlanTrainer;
  /** Those that take turns with it. */
  beside: readonly PlanTrainer[];
  /** With the weights of now. */
  network: Network;
  samples: Samples;
  /** Of now. */
  state: StepState;
  learningRate: number;
  /** The rows of the batch, of the training part. */
  rows: Int32Array;
  /** Rows that the units are judged by. */
  unitRows: Int32Array;
  /** How often the step is computed; the times are of the fastest. */
  times: number;
  /** Called after each time. Answers whether to go on. */
  goOn: () => Promise<boolean>;
}

export type StepExamination = Pick<Examination, 'batchSize' | 'loss' | 'milliseconds' | 'blocks'>;

const norm = (tensors: readonly Tensor[]): number =>
  Math.sqrt(tensors.reduce((sum, tensor) => sum + tf.tidy(() => tf.sum(tf.square(tensor)).dataSync()[0]), 0));

type Learning = NonNullable<ExaminedBlock['learning']>;

function learningOf(
  learner: Learner,
  gradients: Readonly<Record<string, Tensor | null>>,
  next: ReadonlyMap<string, Tensor>,
): Map<string, Learning> {
  const byBlock = new Map<string, [gradient: Tensor, weight: Tensor, update: Tensor][]>();
  for (const [key, variable] of learner.trainable) {
    const [gradient, value] = [gradients[variable.name], next.get(key)];
    if (!gradient || value === undefined) continue;
    const { block } = learner.network.weights.get(key) ?? { block: key };
    const known = byBlock.get(block) ?? [];
    byBlock.set(block, [...known, [gradient, variable, tf.sub(value, variable)]]);
  }
  return new Map(
    [...byBlock].map(([block, all]) => [
      block,
      {
        weights: all.reduce((sum, [{ size }]) => sum + size, 0),
        gradient: norm(all.map(([gradient]) => gradient)),
        weight: norm(all.map(([, weight]) => weight)),
        update: norm(all.map(([, , update]) => update)),
      },
    ]),
  );
}

function unitsOf({ plan, network, samples, unitRows }: ExamineOptions): Map<string, ExaminedBlock['units']> {
  const units = new Map<string, ExaminedBlock['units']>();
  tf.tidy(() => {
    const step = tf.scalar(0, 'int32');
    const { outputs } = network.forward(batchOf(samples, unitRows).inputs, {
      training: false,
      step,
      rows: unitRows.length,
    });
    for (const layer of hiddenLayers(plan)) {
      const [activation, tensor] = [activationOf(layer), outputs.get(layer.block)];
      const found = activation === null || tensor === undefined ? null : unitSlopes(activation, tensor);
      if (found !== null) units.set(layer.block, found);
    }
  });
  return units;
}

interface Look {
  clock: LayerClock;
  learning: Map<string, Learning>;
  loss: number;
  milliseconds: Examination['milliseconds'];
}

function inputsOf({ plan, trainer, samples, state, rows }: ExamineOptions, clock: LayerClock): StepInputs {
  const weights = [...sampleWeights(trainer, plan.losses, samples)].map(
    ([loss, byRow]) => [loss, tf.tensor1d(Float32Array.from(rows, (row) => byRow[row]))] as const,
  );
  return {
    batch: batchOf(samples, rows),
    sampleWeights: new Map(weights),
    step: tf.scalar(state.iteration | 0, 'int32'),
    computed: clock.computed,
  };
}

/** The optimizer's arrays and factors of now. */
function updateInputs(learner: Learner, { state, learningRate }: ExamineOptions, step: Scalar) {
  const slots = [...state.tensors]
    .filter(([key]) => !learner.network.weights.has(key))
    .map(([key, { shape, values }]) => [key, tf.tensor(values.slice(), shape)] as const);
  const factors = Object.entries(learner.optimizer.coefficients(learningRate, state.iteration));
  return {
    slots: new Map<string, Tensor>(slots),
    coefficients: Object.fromEntries(factors.map(([name, value]) => [name, tf.scalar(value)])),
    step,
  };
}

function look(options: ExamineOptions): Look {
  const clock = new LayerClock();
  const looks: Look[] = [];
  tf.tidy(() => {
    const learner = learnerOf(options.plan, options.trainer, options.network, [
      options.trainer,
      ...options.beside,
    ]);
    const began = performance.now();
    const inputs = inputsOf(options, clock);
    const given = performance.now();
    clock.begin();
    const passed = pass(learner, inputs);
    const [loss] = passed.loss.dataSync();
    const learned = performance.now();
    const update = updateInputs(learner, options, inputs.step);
    const before = performance.now();
    const next = nextValues(learner, passed, update);
    const after = performance.now();
    const forward = [...clock.forward.values()].reduce((sum, one) => sum + one, 0);
    looks.push({
      clock,
      learning: learningOf(learner, passed.gradients, next),
      loss,
      milliseconds: {
        input: given - began,
        forward,
        backward: learned - given - forward,
        update: after - before,
      },
    });
    passed.release();
  });
  return looks[0];
}

const wholeTime = ({ milliseconds: { forward, backward } }: Look): number => forward + backward;

/** null where it was not to go on to the end. */
export async function examineStep(options: ExamineOptions): Promise<StepExamination | null> {
  const looks: Look[] = [];
  while (looks.length < options.times) {
    looks.push(look(options));
    if (!(await options.goOn())) return null;
  }
  const fastest = looks.reduce((best, one) => (wholeTime(one) < wholeTime(best) ? one : best));
  const units = unitsOf(options);
  const { clock, learning } = fastest;
  const blocks = options.plan.layers.flatMap(({ block }) => {
    const forward = clock.forward.get(block);
    if (forward === undefined) return [];
    const backward = clock.backward.get(block) ?? 0;
    return [{ block, forward, backward, learning: learning.get(block), units: units.get(block) }];
  });
  return {
    batchSize: options.rows.length,
    loss: fastest.loss,
    milliseconds: fastest.milliseconds,
    blocks,
  };
}
