/** Owns what a remark on a run offers to change for the next one: edits of the document, each taken with one click. */
import { defaultsOf } from '../blocks/catalogue';
import type { Fix } from '../compiler/diagnostic';
import type { BlockId, Document, Json } from '../document/document';
import type { RunDiagnostic } from '../protocol/run';

/** The Train block that a remark is on: its own, or the only one. */
function trainOf({ blocks }: Document, id: BlockId | null): BlockId | null {
  if (id !== null && Object.hasOwn(blocks, id) && blocks[id].type === 'Train') return id;
  const trains = Object.keys(blocks).filter((block) => blocks[block].type === 'Train');
  return trains.length === 1 ? trains[0] : null;
}

const optimizerOf = ({ wires }: Document, train: BlockId): BlockId | null =>
  Object.values(wires).find(({ to }) => to.block === train && to.port === 'optimizer')?.from.block ?? null;

function valueOf({ blocks }: Document, id: BlockId, name: string): Json | undefined {
  const { type, params } = blocks[id];
  return Object.hasOwn(params, name) ? params[name] : defaultsOf(type)[name];
}

const set = (id: BlockId, name: string, value: Json, label: string): Fix => ({
  label,
  edit: { kind: 'set-param', id, name, value },
});

/** The rate that the remark advises; none where the rate is as low by now. */
function lowerRate(document: Document, train: BlockId, advised: number): Fix[] {
  const optimizer = optimizerOf(document, train);
  if (optimizer === null) return [];
  const rate = valueOf(document, optimizer, 'learning_rate');
  if (typeof rate !== 'number' || rate <= advised) return [];
  return [set(optimizer, 'learning_rate', advised, `Set learning_rate to ${advised}`)];
}

function stopEarly(document: Document, train: BlockId): Fix[] {
  return valueOf(document, train, 'early_stopping') === true
    ? []
    : [set(train, 'early_stopping', true, 'Switch early stopping on')];
}

/** As many epochs as the remark advises after those of its run; none where the block has as many by now. */
function moreEpochs(document: Document, train: BlockId, advised: number): Fix[] {
  const epochs = valueOf(document, train, 'epochs');
  return typeof epochs === 'number' && epochs < advised
    ? [set(train, 'epochs', advised, `Set epochs to ${advised}`)]
    : [];
}

function balanceClasses(document: Document, train: BlockId): Fix[] {
  return valueOf(document, train, 'class_weight') === 'balanced'
    ? []
    : [set(train, 'class_weight', 'balanced', 'Weight the classes')];
}

const remedies: Readonly<Record<string, (document: Document, train: BlockId) => Fix[]>> = {
  'run/overfit': stopEarly,
  'run/class-ignored': balanceClasses,
};

/** None where the document no longer has what the remark is on. */
export function runFixes(
  { code, block, advisedRate, advisedEpochs }: RunDiagnostic,
  document: Document,
): Fix[] {
  const train = trainOf(document, block);
  if (train === null) return [];
  if (advisedRate !== undefined) return lowerRate(document, train, advisedRate);
  if (advisedEpochs !== undefined) return moreEpochs(document, train, advisedEpochs);
  return Object.hasOwn(remedies, code) ? remedies[code](document, train) : [];
}
