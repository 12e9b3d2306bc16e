/** Owns pooling: by windows, over everything, to a given size, and backwards. */
import { z } from 'zod';
import { tf } from '../../tensorflow';
import { Operation, type Compute } from '../own-layers/operation';
import { adaptivePool, pool, unpool, type Kind } from '../own-layers/pool';
import {
  cannot,
  only,
  padding,
  perAxis,
  withoutActivation,
  type Adapter,
  type TfjsLayer,
} from './adapted-layer';

type Rank = 1 | 2 | 3;

function adaptPooling(kind: Kind, rank: Rank): Adapter {
  const schema = z.object({
    pool_size: perAxis(rank).default(Array<number>(rank).fill(2)),
    strides: perAxis(rank).nullish(),
    padding,
  });
  return (raw) => {
    const config = schema.parse(raw);
    const windows = { ...config, strides: config.strides ?? config.pool_size };
    return withoutActivation(
      () => new Operation(([x]) => pool(kind, x, windows)),
      only(`${kind}Pooling${rank}D`, { ...windows, ...(rank === 1 ? {} : { data_format: 'channels_last' }) }),
    );
  };
}

const global = z.object({ keepdims: z.boolean().default(false) });
function adaptGlobal(kind: Kind, rank: Rank): Adapter {
  const type = `Global${kind}Pooling${rank}D`;
  const by = kind === 'Max' ? tf.max : tf.mean;
  const axes = [1, 2, 3].slice(0, rank);
  return (raw, { inputs }) => {
    const { keepdims } = global.parse(raw);
    const plain: TfjsLayer = {
      class_name: type,
      config: rank === 1 ? {} : { data_format: 'channels_last' },
    };
    const kept = { class_name: 'Reshape', config: { target_shape: [...axes.map(() => 1), inputs[0].at(-1) ?? -1] } }; // prettier-ignore
    return withoutActivation(
      () => new Operation(([x]) => by(x, axes, keepdims)),
      rank === 3
        ? cannot(`TensorFlow.js has no ${type}.`)
        : { ok: true, layers: keepdims ? [plain, kept] : [plain] },
    );
  };
}

function adaptAdaptive(kind: Kind, rank: Rank): Adapter {
  const schema = z.object({ output_size: perAxis(rank) });
  return (raw) => {
    const { output_size } = schema.parse(raw);
    return withoutActivation(
      () => new Operation(([x]) => adaptivePool(kind, x, output_size)),
      cannot('TensorFlow.js has no layer that pools to a given size.'),
    );
  };
}

const unpooling = z.object({ pool_size: perAxis(2) });
const adaptMaxUnpooling2D: Adapter = (raw) => {
  const { pool_size } = unpooling.parse(raw);
  return withoutActivation(
    () => new Operation(([x, before]) => unpool(x, before, pool_size)),
    cannot('TensorFlow.js has no layer that undoes max-pooling.'),
  );
};

const KINDS = ['Max', 'Average'] as const;
const RANKS = [1, 2, 3] as const;
const each = (name: (kind: Kind, rank: Rank) => string, adapt: (kind: Kind, rank: Rank) => Adapter) =>
  Object.fromEntries(
    KINDS.flatMap((kind) => RANKS.map((rank) => [name(kind, rank), adapt(kind, rank)] as const)),
  );

/** With a mask, only the steps that count are averaged. */
const adaptGlobalAveragePooling1D: Adapter = (raw, place) => {
  const { keepdims } = global.parse(raw);
  const adapted = adaptGlobal('Average', 1)(raw, place);
  const compute: Compute = ([x], _weights, { masks: [mask] }) => {
    if (mask === null) return tf.mean(x, 1, keepdims);
    const counts = tf.expandDims(mask, 2);
    return tf.div(tf.sum(tf.mul(x, counts), 1, keepdims), tf.sum(counts, 1, keepdims));
  };
  return { ...adapted, create: () => new Operation(compute) };
};

export const poolingAdapters: Record<string, Adapter> = {
  ...each((kind, rank) => `${kind}Pooling${rank}D`, adaptPooling),
  ...each((kind, rank) => `Global${kind}Pooling${rank}D`, adaptGlobal),
  GlobalAveragePooling1D: adaptGlobalAveragePooling1D,
  ...each((kind, rank) => `Adaptive${kind}Pooling${rank}D`, adaptAdaptive),
  MaxUnpooling2D: adaptMaxUnpooling2D,
};
