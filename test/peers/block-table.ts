/** Owns the table of what was compared of each layer, loss and optimizer of the catalogue, and how far the peers were apart. */
import type { AnyBlockDefinition } from '../../shared/blocks/block';
import { catalogue, defaultsOf } from '../../shared/blocks/catalogue';
import type { Plan, PlanLayer } from '../../shared/compiler/plan';

export interface Differences {
  /** Weights and output shapes that were found alike. */
  shapes: number;
  parameters: number;
  /** Largest relative differences: of the prediction before training, the first gradient, the weights after 3 steps. */
  forward: number;
  gradient: number;
  update: number;
}

/** What no peer can be asked, and the test that holds it to its formula instead. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  Noise: 'random numbers only: test/engine/network/noise.test.ts',
  Sampling: 'random while it learns: test/engine/network/noise.test.ts',
  RandomFlip: 'random at any setting: test/engine/network/augmentation.test.ts',
  Rprop: 'not in Keras: test/engine/optimizers/optimizers.test.ts',
};

const TRAINED = ['layer', 'loss', 'optimizer'];
/** Every block that a network learns with. */
export const trainedBlocks: readonly AnyBlockDefinition[] = Object.values(catalogue).filter(({ behaviour }) =>
  TRAINED.includes(behaviour.kind),
);

const kerasOf = ({ type, behaviour }: AnyBlockDefinition) =>
  'keras' in behaviour ? behaviour.keras(defaultsOf(type)) : null;

const byClass = new Map<string, string[]>();
const byFunction = new Map<unknown, string[]>();
for (const definition of trainedBlocks) {
  const keras = kerasOf(definition);
  if (keras === null || definition.type === 'SharedLayer') continue;
  const [map, key] = keras.class_name === 'Activation' ? [byFunction, keras.config.activation] : [byClass, keras.class_name]; // prettier-ignore
  (map as Map<unknown, string[]>).set(key, [...(map.get(key as string) ?? []), definition.type]);
}

function blocksOfLayer({ class_name, config, shares }: PlanLayer): string[] {
  const own = class_name === 'Activation' ? ['Activation'] : (byClass.get(class_name) ?? []);
  const shared = shares !== undefined && class_name !== 'TiedDense' ? ['SharedLayer'] : [];
  return [...own, ...(byFunction.get(config.activation) ?? []), ...shared];
}

/** The blocks that take part in a network. */
export const blocksOf = (plan: Plan): Set<string> =>
  new Set([
    ...plan.layers.flatMap(blocksOfLayer),
    ...plan.losses.flatMap(({ class_name }) => byClass.get(class_name) ?? []),
    ...plan.trainers.flatMap(({ optimizer }) => byClass.get(optimizer.class_name) ?? []),
  ]);

/** Whom a block is compared with. */
const peerOf = (definition: AnyBlockDefinition): string =>
  kerasOf(definition)?.registered_name === undefined ? 'Keras' : 'the same in Python';

const figure = (value: number): string => value.toExponential(0).padStart(8);

/** One line for each block, and the blocks that have none. */
export function blockTable(compared: ReadonlyMap<string, readonly Differences[]>): {
  lines: string[];
  missing: string[];
} {
  const missing: string[] = [];
  const lines = trainedBlocks.map((definition) => {
    const { type } = definition;
    const found = compared.get(type) ?? [];
    if (found.length === 0) {
      if (!(type in ELSEWHERE)) missing.push(type);
      return `${type.padEnd(34)} ${ELSEWHERE[type] ?? 'NOT COMPARED'}`;
    }
    const sum = (of: 'shapes' | 'parameters') => found.reduce((total, each) => total + each[of], 0);
    const most = (of: 'forward' | 'gradient' | 'update') => Math.max(...found.map((each) => each[of]));
    return [
      type.padEnd(34),
      `${sum('shapes')} alike`.padStart(10),
      `${sum('parameters')} alike`.padStart(10),
      figure(most('forward')),
      figure(most('gradient')),
      figure(most('update')),
      `  ${peerOf(definition)}, ${found.length} ${found.length === 1 ? 'network' : 'networks'}`,
    ].join(' ');
  });
  const head = `${'block'.padEnd(34)} ${'shape'.padStart(10)} ${'parameters'.padStart(10)} ${'forward'.padStart(8)} ${'gradient'.padStart(8)} ${'update'.padStart(8)}   compared with`;
  return { lines: [head, ...lines], missing };
}
