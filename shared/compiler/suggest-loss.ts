/** Owns which loss suits the end of a network and the column that it is to predict. */
import type { ColumnFacts, DataFacts } from '../document/facts';
import { columnsOfRole } from '../document/facts';
import type { Shape } from './shape';

/** What is known of the end of the network. */
export interface NetworkEnd {
  activation: string | null;
  shape: Shape | null;
}

export interface LossSuggestion {
  type: string;
  params: { from_logits?: true };
}

/** The target column of the data, or undefined where they have none. */
export const targetOf = (facts: DataFacts | null): ColumnFacts | undefined =>
  facts === null ? undefined : columnsOfRole(facts, 'target').at(0);

/** Without a squashing activation at the end the loss reads the values before it. */
const crossentropy = (type: string, activation: string | null): LossSuggestion => ({
  type,
  params: activation === 'softmax' || activation === 'sigmoid' ? {} : { from_logits: true },
});

/** By the target where it is known, else by the activation at the end alone. */
export function suggestLoss({ activation, shape }: NetworkEnd, target?: ColumnFacts): LossSuggestion {
  const width = shape?.at(-1) ?? null;
  if (target?.encoding === 'one-hot') return crossentropy('CategoricalCrossentropy', activation);
  if (target?.classes?.length === 2 && width === 1) return crossentropy('BinaryCrossentropy', activation);
  if (target?.classes) return crossentropy('SparseCategoricalCrossentropy', activation);
  if (target) return { type: 'MeanSquaredError', params: {} };
  if (activation === 'softmax') return { type: 'CategoricalCrossentropy', params: {} };
  if (activation === 'sigmoid' && width === 1) return { type: 'BinaryCrossentropy', params: {} };
  return { type: 'MeanSquaredError', params: {} };
}
