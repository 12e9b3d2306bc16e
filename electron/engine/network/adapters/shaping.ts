/** Owns the layers that move, repeat or cut values without weights. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Json } from '../../../../shared/document/document';
import { tf } from '../../tensorflow';
import { Operation } from '../own-layers/operation';
import { resized } from '../own-layers/interpolated';
import {
  cannot,
  only,
  perAxis,
  withoutActivation,
  type Adapter,
  type TfjsTranslation,
} from './adapted-layer';

const permute = z.object({ dims: z.array(z.number().int()) });
const adaptPermute: Adapter = (raw) => {
  const { dims } = permute.parse(raw);
  return withoutActivation(() => tf.layers.permute({ dims }), only('Permute', { dims }));
};

const repeatVector = z.object({ n: z.number().int() });
const adaptRepeatVector: Adapter = (raw) => {
  const { n } = repeatVector.parse(raw);
  return withoutActivation(() => tf.layers.repeatVector({ n }), only('RepeatVector', { n }));
};

const rescaling = z.object({ scale: z.number(), offset: z.number().default(0) });
const adaptRescaling: Adapter = (raw) => {
  const { scale, offset } = rescaling.parse(raw);
  return withoutActivation(
    () => new Operation(([x]) => tf.add(tf.mul(x, scale), offset)),
    only('Rescaling', { scale, offset }),
  );
};

type Rank = 1 | 2 | 3;
type Ends = [number, number][];

/** Two numbers for each axis; along a sequence Keras writes just the two. */
const ends = (rank: Rank) => {
  const two = z.tuple([z.number().int(), z.number().int()]);
  return rank === 1
    ? z.union([two.transform((one): Ends => [one]), z.array(two).length(1)])
    : z.array(two).length(rank);
};

/** TensorFlow.js has these layers for pictures only. */
const forPictures = (rank: Rank, type: string, config: Record<string, Json>): TfjsTranslation =>
  rank === 2
    ? only(type, { ...config, data_format: 'channels_last' })
    : cannot(`TensorFlow.js has no ${type}.`);

function adaptZeroPadding(rank: Rank): Adapter {
  const schema = z.object({ padding: ends(rank) });
  return (raw) => {
    const { padding } = schema.parse(raw);
    return withoutActivation(
      () => new Operation(([x]) => tf.pad(x, [[0, 0], ...padding, [0, 0]])),
      forPictures(rank, `ZeroPadding${rank}D`, { padding }),
    );
  };
}

const cropped = (x: Tensor, by: Ends): Tensor =>
  tf.slice(
    x,
    x.shape.map((_, axis) => by[axis - 1]?.[0] ?? 0),
    x.shape.map((n, axis) => n - (by[axis - 1]?.[0] ?? 0) - (by[axis - 1]?.[1] ?? 0)),
  );
function adaptCropping(rank: Rank): Adapter {
  const schema = z.object({ cropping: ends(rank) });
  return (raw) => {
    const { cropping } = schema.parse(raw);
    return withoutActivation(
      () => new Operation(([x]) => cropped(x, cropping)),
      forPictures(rank, `Cropping${rank}D`, { cropping }),
    );
  };
}

/** [a, b] along an axis with a factor of 2 → [a, a, b, b]. */
function repeated(x: Tensor, axis: number, times: number): Tensor {
  if (times === 1) return x;
  const [before, n, after] = [x.shape.slice(0, axis), x.shape[axis], x.shape.slice(axis + 1)];
  const apart = tf.reshape(x, [product(before), n, 1, product(after)]);
  return tf.reshape(tf.mul(apart, tf.ones([1, 1, times, 1])), [...before, n * times, ...after]);
}
/** Pictures have a kernel of their own. */
const enlarged = (x: Tensor, size: readonly number[]): Tensor =>
  x.rank === 4
    ? tf.image.resizeNearestNeighbor(x as Tensor4D, [
        (x.shape[1] ?? 1) * size[0],
        (x.shape[2] ?? 1) * size[1],
      ])
    : size.reduce((larger, times, i) => repeated(larger, i + 1, times), x);
const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

function adaptUpSampling(rank: Rank): Adapter {
  const schema = z.object({
    size: perAxis(rank).default(Array<number>(rank).fill(2)),
    interpolation: z.enum(['nearest', 'bilinear']).default('nearest'),
  });
  return (raw) => {
    const { size, interpolation } = schema.parse(raw);
    if (interpolation === 'bilinear')
      return withoutActivation(
        () =>
          new Operation(([x]) =>
            resized(x, [(x.shape[1] ?? 1) * size[0], (x.shape[2] ?? 1) * size[1]], 'bilinear'),
          ),
        cannot('TensorFlow.js interpolates between other points than Keras; only nearest gives the same.'),
      );
    return withoutActivation(
      () => new Operation(([x]) => enlarged(x, size)),
      forPictures(rank, `UpSampling${rank}D`, { size, interpolation }),
    );
  };
}

const RANKS = [1, 2, 3] as const;
const each = (name: string, adapt: (rank: Rank) => Adapter): Record<string, Adapter> =>
  Object.fromEntries(RANKS.map((rank) => [`${name}${rank}D`, adapt(rank)]));

export const shapingAdapters: Record<string, Adapter> = {
  Permute: adaptPermute,
  RepeatVector: adaptRepeatVector,
  Rescaling: adaptRescaling,
  ...each('ZeroPadding', adaptZeroPadding),
  ...each('Cropping', adaptCropping),
  ...each('UpSampling', adaptUpSampling),
};
