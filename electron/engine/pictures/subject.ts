/** Finds which pictures a network makes, by its plan alone: of random numbers, of samples, and of a code of two numbers. */
import type { Plan, PlanLayer, PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import type { Shape } from '../../../shared/compiler/shape';
import { neededFor } from '../step/objective';

/** `picture`: the layer whose output is the picture. */
export type Subject =
  | {
      of: 'noise';
      picture: string;
      /** The Input whose pictures it is to look like. */
      like: string;
    }
  | {
      of: 'samples';
      picture: string;
      loss: PlanLoss;
      /** The Input that is seen; null where the network reads no pictures. */
      input: string | null;
      /** The layer behind which the noise is in the picture; null where there is none. */
      disturbed: string | null;
    }
  | { of: 'code'; picture: string; loss: PlanLoss; code: string; after: ReadonlySet<string> };

export type SubjectOf<K extends Subject['of']> = Extract<Subject, { of: K }>;

const LEAST_SIDE = 4;
const CHANNELS: readonly number[] = [1, 3, 4];

/** [batch, height, width, channels], with as many channels as a screen can show. */
export function isPicture([, height, width, channels, ...more]: Shape): boolean {
  return (
    more.length === 0 &&
    (height ?? 0) >= LEAST_SIDE &&
    (width ?? 0) >= LEAST_SIDE &&
    CHANNELS.includes(channels ?? 0)
  );
}

const isSame = (a: Shape, b: Shape): boolean => a.join() === b.join();

/** What of `among` comes, near or far, of one of `from`. */
function following(layers: readonly PlanLayer[], from: readonly string[]): Set<string> {
  const found = new Set(from);
  for (const { block, inbound } of layers) if (inbound.some((before) => found.has(before))) found.add(block);
  for (const block of from) found.delete(block);
  return found;
}

/** The last layer behind random numbers that has the shape of a picture of the data. */
function ofNoise({ inputs, layers }: Plan): Subject[] {
  const sources = layers.filter(({ class_name }) => class_name === 'Noise').map(({ block }) => block);
  const behind = following(layers, sources);
  const likes = inputs.filter(({ shape }) => isPicture(shape));
  for (const { block, output_shape, shares } of [...layers].reverse()) {
    if (!behind.has(block) || shares !== undefined) continue;
    const like = likes.find(({ shape }) => isSame(shape, output_shape));
    if (like) return [{ of: 'noise', picture: block, like: like.block }];
  }
  return [];
}

const DISTURBING = new Set([
  'GaussianNoise',
  'GaussianDropout',
  'AlphaDropout',
  'Dropout',
  'SpatialDropout2D',
  'SaltAndPepperNoise',
]);

/** The last layer of noise between the Input and what learns; only the arrangement of the numbers may change before it. */
function disturbedBehind({ layers }: Plan, input: string): string | null {
  let last: string | null = null;
  let at = input;
  for (const { block, class_name, inbound } of layers) {
    if (inbound.length !== 1 || inbound[0] !== at) continue;
    if (DISTURBING.has(class_name)) last = block;
    else if (class_name !== 'Flatten' && class_name !== 'Reshape') break;
    at = block;
  }
  return last;
}

const shapeOf = ({ layers }: Plan, block: string): Shape | undefined =>
  layers.find((layer) => layer.block === block)?.output_shape;

/** A loss that compares pictures pixel by pixel. */
export function comparesPictures(plan: Plan, { prediction, labels }: PlanLoss): boolean {
  const shape = shapeOf(plan, prediction);
  return shape !== undefined && isPicture(shape) && (labels === 'values' || labels === 'binary');
}

function ofSamples(plan: Plan, loss: PlanLoss): Subject {
  const needed = neededFor(plan, [loss.prediction]);
  const input = plan.inputs.find(({ block, shape }) => needed.has(block) && isPicture(shape))?.block ?? null;
  const disturbed = input === null ? null : disturbedBehind(plan, input);
  return { of: 'samples', picture: loss.prediction, loss, input, disturbed };
}

/** The last two numbers through which everything passes. */
function ofCode(plan: Plan, loss: PlanLoss): Subject[] {
  const needed = neededFor(plan, [loss.prediction]);
  const layers = plan.layers.filter(({ block }) => needed.has(block));
  for (const { block, output_shape } of [...layers].reverse()) {
    if (!isSame(output_shape, [null, 2])) continue;
    const after = following(layers, [block]);
    const passesThrough = layers
      .filter((layer) => after.has(layer.block))
      .every(({ inbound }) => inbound.every((before) => before === block || after.has(before)));
    if (after.has(loss.prediction) && passesThrough)
      return [{ of: 'code', picture: loss.prediction, loss, code: block, after }];
  }
  return [];
}

/** In the order in which they are shown; none where the network makes no pictures. */
export function subjectsOf(plan: Plan, trainers: readonly PlanTrainer[]): Subject[] {
  const judged = new Set(trainers.flatMap(({ losses }) => losses));
  const loss = plan.losses.find((one) => judged.has(one.block) && comparesPictures(plan, one));
  return [...ofNoise(plan), ...(loss ? [ofSamples(plan, loss), ...ofCode(plan, loss)] : [])];
}
