/** Answers what a network that reads two numbers decides everywhere around its samples. */
import type { DatasetStep, Plan, PlanInput, PlanLoss } from '../../../shared/compiler/plan';
import { argmaxRows, classProbabilities } from '../../../shared/metrics/probabilities';
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { Plane, PlaneAxis } from '../../../shared/protocol/evaluation';
import { ok, type Result } from '../../../shared/result';
import { inMemory } from '../../data/values';
import type { Network } from '../network/network';
import { predictionOf, trainerObjective } from '../step/objective';
import { tf } from '../tensorflow';
import { classify } from './classified';
import type { OpenedRun } from './opened-run';
import { evenly } from './order';

/** Cells along each axis. */
const SIZE = 96;
/** Around the samples, as a share of their range. */
const MARGIN = 0.12;
/** More points than this hide what lies behind them. */
const MOST_POINTS = 1000;

function axisOf(values: Float32Array, offset: number): [number, number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = offset; i < values.length; i += 2) {
    least = Math.min(least, values[i]);
    greatest = Math.max(greatest, values[i]);
  }
  const margin = MARGIN * (greatest - least || 1);
  return [least - margin, greatest + margin];
}

/** How the column was prepared before the network reads it; the last of several steps. */
function scaleOf({ datasets }: Plan, { dataset }: PlanInput, column: string): PlaneAxis['scale'] {
  for (let at: string | null = dataset; at !== null;) {
    const step: DatasetStep | undefined = datasets.find(({ block }) => block === at);
    if (step === undefined) return null;
    const { type, params, from } = step;
    const named = Array.isArray(params.columns) ? params.columns : [];
    const isMeant = named.length === 0 || named.includes(column);
    if (isMeant && type === 'Standardize') return 'standardized';
    if (isMeant && type === 'Scale') return 'scaled';
    at = from;
  }
  return null;
}

/** The middle of each cell, row by row from the least second value: [SIZE · SIZE, 2]. */
function gridOf([[x0, x1], [y0, y1]]: readonly [PlaneAxis['range'], PlaneAxis['range']]): Float32Array {
  const grid = new Float32Array(SIZE * SIZE * 2);
  for (let row = 0; row < SIZE; row++)
    for (let column = 0; column < SIZE; column++) {
      const at = 2 * (row * SIZE + column);
      grid[at] = x0 + ((column + 0.5) / SIZE) * (x1 - x0);
      grid[at + 1] = y0 + ((row + 0.5) / SIZE) * (y1 - y0);
    }
  return grid;
}

function decided(opened: OpenedRun, network: Network, loss: PlanLoss, input: string, grid: Float32Array) {
  const { terms } = trainerObjective(opened.plan, opened.trainer);
  const term = terms.find(({ plan }) => plan.block === loss.block);
  if (term === undefined) throw new Error(`the trainer does not read ${loss.block}`);
  const values = tf.tidy(() => {
    const inputs = new Map([[input, tf.tensor(grid, [grid.length / 2, 2])]]);
    const forward = network.forward(inputs, { training: false, step: tf.scalar(0, 'int32') });
    return predictionOf(term, forward).dataSync<'float32'>();
  });
  const width = (2 * values.length) / grid.length;
  const probabilities = classProbabilities(values, width, loss);
  const classes = probabilities.length / (grid.length / 2);
  const choices = argmaxRows(probabilities, classes);
  return {
    decided: [...choices],
    confidence: [...choices].map((choice, i) => probabilities[i * classes + choice]),
  };
}

/** null where the network reads anything but two numbers, or predicts no classes. */
export async function plane(
  opened: OpenedRun,
  request: InspectRequests['plane'],
): Promise<Result<Plane | null>> {
  const [input, ...others] = opened.plan.inputs;
  const loss = opened.lossOf(['classification', 'binary']);
  if (others.length > 0 || loss === null || input.shape.length !== 2 || input.shape[1] !== 2) return ok(null);
  const answers = await opened.answersOf(loss, request);
  if (!answers.ok) return answers;
  const { own, rows, predictions } = answers.value;
  const network = await opened.networkOf(request.epoch ?? 'kept');
  if (!network.ok) return network;
  const classified = classify(loss, own.samples, rows, predictions);
  const read = own.samples.inputs.get(input.block);
  if (classified === null || read === undefined) return ok(null);
  const values = Float32Array.from(inMemory(read.values));
  const ranges = [axisOf(values, 0), axisOf(values, 1)] as const;
  const [first] = input.columns;
  const [columns, names] =
    input.columns.length === 2
      ? [input.columns, input.columns]
      : [
          [first, first],
          ['first number', 'second number'],
        ];
  const axis = (i: 0 | 1): PlaneAxis => ({
    name: names[i],
    range: ranges[i],
    scale: scaleOf(opened.plan, input, columns[i]),
  });
  return ok({
    axes: [axis(0), axis(1)],
    labels: [...classified.labels],
    size: SIZE,
    ...decided(opened, network.value, loss, input.block, gridOf(ranges)),
    points: Array.from(evenly(rows.length, MOST_POINTS), (i) => ({
      index: rows[i],
      x: values[2 * rows[i]],
      y: values[2 * rows[i] + 1],
      trueClass: classified.truth[i],
      predictedClass: classified.predicted[i],
    })),
  });
}
