/**
 * Draws the pictures that a network makes, with the weights of now and without learning from them. Random numbers are those
 * of step 0 and samples are the same ones each time, so that the pictures of two epochs differ by what was learned between.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../../../shared/compiler/plan';
import type { Pictures } from '../../../shared/protocol/pictures';
import type { Network } from '../network/network';
import { batchOf, neededFor } from '../step/objective';
import { gatherRows, type SampleArray, type Samples } from '../step/samples';
import { tf } from '../tensorflow';
import { drawCode } from './code';
import { rangeOf, roomFor, sheetOf } from './sheet';
import type { Subject, SubjectOf } from './subject';

/** The class of each row of the source, where the data have classes. */
export interface RowClasses {
  labels: readonly string[];
  of: ArrayLike<number>;
}

export interface Drawing {
  plan: Plan;
  network: Network;
  samples: Samples;
  /** The rows to choose from. */
  rows: Int32Array;
  classes: RowClasses | null;
}

const [MOST_MADE, MOST_REBUILT] = [36, 10];

interface Pass {
  only: ReadonlySet<string>;
  rows: number;
  training?: boolean;
}

/** The output of a block. `inputs`: what is known before, by block. */
export function outputOf(
  { network }: Drawing,
  inputs: ReadonlyMap<string, Tensor>,
  block: string,
  { only, rows, training = false }: Pass,
): Tensor {
  const { outputs } = network.forward(inputs, { training, step: tf.scalar(0, 'int32'), rows, only });
  const output = outputs.get(block);
  if (output === undefined) throw new Error(`${block} was not computed`);
  return output;
}

const valuesOf = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();

function arrayOf(arrays: ReadonlyMap<string, SampleArray>, block: string): SampleArray {
  const array = arrays.get(block);
  if (array === undefined) throw new Error(`there are no samples for ${block}`);
  return array;
}

function drawNoise(drawing: Drawing, { picture, like }: SubjectOf<'noise'>): Pictures {
  const { plan, samples } = drawing;
  const real = arrayOf(samples.inputs, like);
  const rows = drawing.rows.subarray(0, roomFor(real.shape, MOST_MADE));
  const made = outputOf(drawing, batchOf(samples, rows).inputs, picture, {
    only: neededFor(plan, [picture]),
    rows: rows.length,
  });
  const values = gatherRows(real, rows);
  const range = rangeOf(values);
  return {
    of: 'noise',
    block: picture,
    made: sheetOf(valuesOf(made), real.shape, range),
    real: sheetOf(values, real.shape, range),
  };
}

/** What the network is given with its noise, which it otherwise has in training only. */
function disturbed(
  drawing: Drawing,
  inputs: ReadonlyMap<string, Tensor>,
  input: string,
  by: string,
  rows: number,
): Tensor {
  const shape = inputs.get(input)?.shape ?? [];
  const only = neededFor(drawing.plan, [by]);
  return tf.reshape(outputOf(drawing, inputs, by, { only, rows, training: true }), shape);
}

function drawSamples(
  drawing: Drawing,
  { picture, loss, input, disturbed: by }: SubjectOf<'samples'>,
): Pictures {
  const { plan, samples } = drawing;
  const answers = arrayOf(samples.labels, loss.block);
  const rows = drawing.rows.subarray(0, roomFor(answers.shape, MOST_REBUILT));
  const given = new Map<string, Tensor>(batchOf(samples, rows).inputs);
  if (input !== null && by !== null) given.set(input, disturbed(drawing, given, input, by, rows.length));
  const output = outputOf(drawing, given, picture, {
    only: neededFor(plan, [picture]),
    rows: rows.length,
  });
  const made = loss.predictionMeans === 'logits' ? tf.sigmoid(output) : output;
  const wanted = gatherRows(answers, rows);
  const range = rangeOf(wanted);
  const seen = input === null ? null : { ...arrayOf(samples.inputs, input), tensor: given.get(input) };
  const differs = by !== null || input === null || !isAnswer(plan, input, loss);
  return {
    of: 'samples',
    block: picture,
    rows: [...rows],
    ...(seen?.tensor && differs
      ? { given: sheetOf(valuesOf(seen.tensor), seen.shape, rangeOf(gatherRows(seen, rows))) }
      : {}),
    made: sheetOf(valuesOf(made), answers.shape, range),
    wanted: sheetOf(wanted, answers.shape, range),
  };
}

/** The picture that goes in is the one that is to come out. */
function isAnswer({ inputs }: Plan, input: string, loss: SubjectOf<'samples'>['loss']): boolean {
  const read = inputs.find(({ block }) => block === input);
  return read?.dataset === loss.dataset && read.columns.join() === loss.columns.join();
}

export const drawPictures = (drawing: Drawing, subjects: readonly Subject[]): Pictures[] =>
  tf.tidy(() =>
    subjects.map((subject): Pictures => {
      switch (subject.of) {
        case 'noise':
          return drawNoise(drawing, subject);
        case 'samples':
          return drawSamples(drawing, subject);
        case 'code':
          return drawCode(drawing, subject);
      }
    }),
  );
