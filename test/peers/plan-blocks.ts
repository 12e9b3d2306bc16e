/** Owns which blocks of the catalogue learn, and which of them a plan was made from. */
import type { AnyBlockDefinition } from '../../shared/blocks/block';
import { catalogue, defaultsOf } from '../../shared/blocks/catalogue';
import type { Plan, PlanLayer } from '../../shared/compiler/plan';

export type Kind = 'layer' | 'loss' | 'optimizer';
const KINDS: Readonly<Record<Kind, true>> = { layer: true, loss: true, optimizer: true };
export const isTrained = (kind: string): kind is Kind => kind in KINDS;

/** Every block that a network learns with. */
export const trainedBlocks: readonly AnyBlockDefinition[] = Object.values(catalogue).filter(({ behaviour }) =>
  isTrained(behaviour.kind),
);

export const kerasOf = ({ type, behaviour }: AnyBlockDefinition) =>
  'keras' in behaviour ? behaviour.keras(defaultsOf(type)) : null;

const byClass = new Map<string, string[]>();
const byFunction = new Map<unknown, string[]>();
for (const definition of trainedBlocks) {
  const keras = kerasOf(definition);
  if (keras === null || definition.type === 'SharedLayer') continue;
  const { class_name, config } = keras;
  if (class_name === 'Activation')
    byFunction.set(config.activation, [...(byFunction.get(config.activation) ?? []), definition.type]);
  else byClass.set(class_name, [...(byClass.get(class_name) ?? []), definition.type]);
}

/** Block types that a layer of a plan can have come from. */
export function blocksOfLayer({ class_name, config, shares }: PlanLayer): string[] {
  const own = class_name === 'Activation' ? ['Activation'] : (byClass.get(class_name) ?? []);
  const shared = shares !== undefined && class_name !== 'TiedDense' ? ['SharedLayer'] : [];
  return [...own, ...(byFunction.get(config.activation) ?? []), ...shared];
}

/** Losses and optimizers of a plan. */
export const othersOf = ({ losses, trainers }: Plan): string[] =>
  [...losses, ...trainers.map(({ optimizer }) => optimizer)].flatMap(
    ({ class_name }) => byClass.get(class_name) ?? [],
  );

export const blocksOfPlan = (plan: Plan): Set<string> =>
  new Set([...plan.layers.flatMap(blocksOfLayer), ...othersOf(plan)]);
