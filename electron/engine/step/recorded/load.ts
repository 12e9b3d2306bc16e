/** Owns the way from the learners of a turn to an open session: what is recorded, loaded and filled with data. */
import { inMemory } from '../../../data/values';
import { ok, type Result } from '../../../../shared/result';
import type { StepOptions, Turn } from '../turn';
import { asFunction } from './as-function';
import { only } from './graph';
import type { NativeBackend } from './native';
import type { Rule } from './rewrite/rewrite';
import { RULES } from './rewrite/rules';
import { Session, type Call, type Made } from './session';
import { storedSpec, type TrainingData } from './training-data';
import { dataWrite, TrainingGraph, type RecordedCall, type RecordedSize } from './training-graph';

export interface RecordedStepOptions extends StepOptions {
  /** Sizes of batches to record at once; others are recorded when they come, which takes a moment. */
  sizes?: readonly number[];
  rules?: readonly Rule[];
  /** Updates of arrays from this many numbers on become one operation where they can. */
  fuseFrom?: number;
  /** How many steps of the first size one call does; by the size of the network where it is left out. */
  together?: number;
  /** Steps of this many operations become functions of their graph. */
  functionFrom?: number;
  /** Data sets up to this size live in the session. */
  storedBytes?: number;
}

/** An open session, which is empty until it begins. */
export interface Loaded {
  session: Session;
  graph: TrainingGraph;
  /** By size of batch: an update of each learner, in their order. */
  steps: ReadonlyMap<number, readonly Call[]>;
  /** Several steps of one size in one call. */
  several: { size: number; together: number; call: Call } | null;
  /** Puts in the data and the first values of all variables: in one call, because TensorFlow prepares each kind of call. */
  begin: (state: readonly number[]) => void;
  read: Call;
  write: Call;
}

/**
 * TensorFlow shares the one operation between threads; for small arrays, waking them costs more than it saves. Measured:
 * 25,000 numbers are faster as separate operations, 400,000 as one.
 */
const FUSE_FROM = 65_536;

/** Steps in one call where a step computes so little that calling is most of its time. */
const TOGETHER = 8;
/** Multiplications and additions of a forward pass over one batch: some tenths of a millisecond. */
const LITTLE = 8e6;

/** Decided by the network alone, never by the clock: the same run does the same calls everywhere. */
export function stepsTogether(
  { plan, trainer, together }: RecordedStepOptions,
  { isSingle }: Turn,
  { stored }: TrainingData,
): number {
  if (!stored || !isSingle) return 1;
  return together ?? (plan.totals.multiplyAdds * trainer.batch_size <= LITTLE ? TOGETHER : 1);
}

const rowsFor = ({ samples }: StepOptions, size: number): Int32Array => {
  const rows = samples.parts.train;
  return Int32Array.from({ length: size }, (_, i) => rows[i % rows.length]);
};

export function load(
  options: RecordedStepOptions,
  turn: Turn,
  data: TrainingData,
  backend: NativeBackend,
  sizes: readonly number[],
): Result<Loaded> {
  const graph = new TrainingGraph({
    learners: turn.members.map(({ learner }) => learner),
    samples: options.samples,
    data,
    backend,
    rules: options.rules ?? RULES,
    fuseFrom: options.fuseFrom ?? FUSE_FROM,
  });
  const recorded = new Map<number, RecordedSize>();
  const together = stepsTogether(options, turn, data);
  for (const [i, size] of sizes.entries()) {
    const added = graph.addSize(rowsFor(options, size), i === 0 ? together : 1);
    if (!added.ok) return added;
    recorded.set(size, added.value);
  }
  const inOne = recorded.get(sizes[0])?.several;
  // TensorFlow's own optimizer puts sums of several steps in another order than those of one: what is done alone or
  // together, as a run happens to be stopped, is left as it is, so that both say the same numbers.
  const from = (size: number) => options.functionFrom ?? (inOne && size === sizes[0] ? 0 : undefined);
  const called = (call: RecordedCall, size: number) => asFunction(graph.graph, call, from(size));
  const steps = new Map(
    [...recorded].map(([size, { one }]) => [size, one.map((call) => called(call, size))]),
  );
  const several = inOne ? called(inOne, sizes[0]) : null;
  const calls = [...steps.values(), several ?? []].flat();
  const opened = Session.open(backend.binding, only(graph.graph, [...graph.ends, ...calls.flatMap(({ feeds, scalars }) => [...feeds, scalars])])); // prettier-ignore
  if (!opened.ok) return opened;
  const session = opened.value;
  const callOf = ({ feeds, scalars }: RecordedCall): Call => session.call(feeds, [scalars]);
  return ok({
    session,
    graph,
    steps: new Map([...steps].map(([size, one]) => [size, one.map(callOf)])),
    several: several && { size: sizes[0], together, call: callOf(several) },
    begin: (state) => begin(session, graph, data, state),
    read: session.call(
      [],
      graph.variables.map(({ read }) => read),
    ),
    write: session.call(
      graph.variables.map(({ write }) => write),
      [graph.written],
    ),
  });
}

export const idsOf = (made: readonly Made[]): number[] => made.map(({ id }) => id);

function begin(session: Session, graph: TrainingGraph, data: TrainingData, state: readonly number[]): void {
  const columns = data.stored ? data.columns : [];
  const tensors = columns.map((column) =>
    session.tensor(storedSpec(column).shape, column.dtype, inMemory(column.values)),
  );
  const feeds = [...columns.map(dataWrite), ...graph.variables.map(({ write }) => write)];
  const call = session.call(feeds, [graph.written, ...(data.stored ? [graph.stored] : [])]);
  session.delete([...idsOf(call.run([...tensors, ...state])), ...tensors]);
}
