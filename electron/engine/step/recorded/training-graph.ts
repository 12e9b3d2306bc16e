/**
 * Owns the graph of a training: the variables that live in the session, the data, and one recorded step for each size of
 * batch. Which values change where is said by keys of a state (`block/name`, `optimizer/slot/block/name`).
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { ok, type Result } from '../../../../shared/result';
import { tf } from '../../tensorflow';
import { nextValues, pass, passMetrics, slotShapes, type Learner, type StepInputs } from '../learning';
import { batchOf } from '../objective';
import type { Samples } from '../samples';
import { after, DTYPE, Graph, int, refTo, typeOf, type Ref, type TensorSpec } from './graph';
import type { NativeBackend } from './native';
import { record } from './recorder';
import { rewrite, type Rule } from './rewrite/rewrite';
import {
  batchInGraph,
  storedSpec,
  type BatchInGraph,
  type DataColumn,
  type TrainingData,
} from './training-data';

/** A value that lives in the session. */
export interface SessionVariable {
  key: string;
  spec: TensorSpec;
  handle: Ref;
  /** Where it is read for those outside. */
  read: Ref;
  /** Where a new value is fed. */
  write: Ref;
}

/** The step for batches of one size. */
export interface RecordedSize {
  /** In this order: the updates so far, the optimizer's coefficients, then the batch. */
  feeds: Ref[];
  /** One float vector: the loss, then the sums of the metrics. */
  scalars: Ref;
}

export interface TrainingGraphOptions {
  learner: Learner;
  samples: Samples;
  data: TrainingData;
  backend: NativeBackend;
  rules: readonly Rule[];
}

const float = (...shape: number[]): TensorSpec => ({ dtype: DTYPE.float32, shape });
const T = { T: typeOf(DTYPE.float32) };
const STEP = 'step';
const COEFFICIENTS = 'coefficients';

export class TrainingGraph {
  readonly graph = new Graph('session');
  readonly variables: SessionVariable[] = [];
  /** Names of the optimizer's coefficients in the order in which they are fed. */
  readonly coefficients: readonly string[];
  /** Fetched after variables were fed, and after the data were. */
  readonly written = 'written';
  readonly stored = 'stored';

  constructor(private readonly given: TrainingGraphOptions) {
    const { learner, data } = given;
    const { optimizer } = learner;
    this.coefficients = Object.keys(optimizer.coefficients(optimizer.rate(0), 0));
    this.graph.placeholder(STEP, { dtype: DTYPE.int32, shape: [] });
    this.graph.placeholder(COEFFICIENTS, float(this.coefficients.length));
    const weights = [...learner.network.weights].map(([key, { variable }]) => [key, variable.shape] as const);
    for (const [key, shape] of [...weights, ...slotShapes(learner)]) this.addVariable(key, float(...shape));
    this.addGate(
      this.written,
      this.variables.map(({ write }) => write),
    );
    if (!data.stored) return;
    for (const column of data.columns)
      this.addWrite(this.graph.variable(column.name, storedSpec(column)), storedSpec(column));
    this.addGate(this.stored, data.columns.map(dataWrite));
  }

  private addVariable(key: string, spec: TensorSpec): void {
    const handle = this.graph.variable(`variable_${this.variables.length}`, spec);
    const read = this.graph.read(handle, spec, `${handle}/read`);
    this.variables.push({ key, spec, handle, read, write: this.addWrite(handle, spec) });
  }

  /** A tensor that was made in JavaScript may still share its memory; the copy is the session's own. */
  private addWrite(handle: Ref, spec: TensorSpec): Ref {
    const write = this.graph.placeholder(`${handle}/write`, spec);
    const copy = this.graph.add('DeepCopy', [write], { T: typeOf(spec.dtype) }, [spec]);
    this.graph.assign(handle, copy, spec.dtype, [], `${write}/done`);
    return write;
  }

  /** A node to fetch that waits for these to be written. */
  private addGate(name: string, writes: readonly Ref[]): void {
    this.graph.constant(
      { dtype: DTYPE.float32, shape: [], bytes: new Uint8Array(4) },
      name,
      writes.map((write) => after(`${write}/done`)),
    );
  }

  /** Records the step for batches as large as these rows, which it computes once to see what it does. Changes no weight. */
  addSize(rows: Int32Array): Result<RecordedSize> {
    const body = new Graph(`batch_${rows.length}`);
    const batch = batchInGraph(body, this.given.data, rows.length);
    const reads = new Map(this.variables.map(({ key, handle, spec }) => [key, body.read(handle, spec)]));
    const recorded = this.record(body, batch, reads, rows);
    if (!recorded.ok) return recorded;
    const { scalars, next } = recorded.value;
    const roots = rewrite(body, [...scalars, ...next.values()], this.given.rules);
    this.graph.append(roots.graph);
    const ends = new Map([...next.keys()].map((key, i) => [key, roots.roots[scalars.length + i]]));
    return ok({
      feeds: [STEP, COEFFICIENTS, ...batch.feeds],
      scalars: this.addUpdates(body.scope, roots.roots.slice(0, scalars.length), ends, reads),
    });
  }

  private record(
    body: Graph,
    batch: BatchInGraph,
    reads: ReadonlyMap<string, Ref>,
    rows: Int32Array,
  ): Result<{ scalars: Ref[]; next: Map<string, Ref> }> {
    const { learner, backend } = this.given;
    const coefficients = body.add(
      'Unpack',
      [COEFFICIENTS],
      { ...T, num: int(this.coefficients.length), axis: int(0) },
      this.coefficients.map(() => float()),
    );
    let keys: string[] = [];
    const results: Result<Ref[]>[] = [];
    tf.tidy(() => {
      const known = new Map<Tensor, Ref>();
      const given = this.givenTensors(rows, batch, known);
      const [step, slots, factors] = [
        tf.scalar(0, 'int32'),
        new Map<string, Tensor>(),
        {} as Record<string, Scalar>,
      ];
      known.set(step, STEP);
      for (const { key, spec } of this.variables) {
        const weight = learner.network.weights.get(key)?.variable;
        if (weight === undefined) slots.set(key, tf.zeros([...spec.shape]));
        known.set(weight ?? (slots.get(key) as Tensor), reads.get(key) as Ref);
      }
      this.coefficients.forEach((name, i) =>
        known.set((factors[name] = tf.scalar(1)), refTo(coefficients, i)),
      );
      const compute = (): Tensor[] => {
        const passed = pass(learner, { ...given, step });
        const next = nextValues(learner, passed, { slots, coefficients: factors, step });
        keys = [...next.keys()];
        const wanted = [passed.loss, ...passMetrics(learner, passed, given.batch), ...next.values()].map(
          (tensor) => tf.clone(tensor),
        );
        passed.release();
        return wanted;
      };
      results.push(record(backend, { graph: body, known, compute }));
    });
    const [refs] = results;
    if (!refs.ok) return refs;
    const scalars = refs.value.slice(0, refs.value.length - keys.length);
    return ok({ scalars, next: new Map(keys.map((key, i) => [key, refs.value[scalars.length + i]])) });
  }

  /** A batch as the eager step has it, each tensor with its place in the graph. */
  private givenTensors(
    rows: Int32Array,
    { values }: BatchInGraph,
    known: Map<Tensor, Ref>,
  ): Omit<StepInputs, 'step'> {
    const { data, samples } = this.given;
    const batch = batchOf(samples, rows);
    const sampleWeights = new Map([...data.weights.keys()].map((block) => [block, tf.ones([rows.length])]));
    const place = (columns: ReadonlyMap<string, DataColumn>, tensors: ReadonlyMap<string, Tensor>): void => {
      for (const [block, { name }] of columns) known.set(required(tensors, block), required(values, name));
    };
    place(data.inputs, batch.inputs);
    place(data.labels, batch.labels);
    place(data.weights, sampleWeights);
    return { batch, sampleWeights };
  }

  /**
   * Each variable takes its next value once it has been read. A loss that is not finite is switched the other way: then
   * nothing that waits for `learning` runs, and the weights stay.
   */
  private addUpdates(
    scope: string,
    scalars: readonly Ref[],
    next: ReadonlyMap<string, Ref>,
    reads: ReadonlyMap<string, Ref>,
  ): Ref {
    const { graph } = this;
    const [loss, ...metrics] = scalars;
    const finite = graph.add('IsFinite', [loss], T, [{ dtype: DTYPE.bool, shape: [] }], `${scope}/finite`);
    const choice = graph.add('Switch', [loss, finite], T, [float(), float()], `${scope}/choice`);
    const learning = graph.add('Identity', [refTo(choice, 1)], T, [float()], `${scope}/learning`);
    const assigned = this.variables
      .filter(({ key }) => next.has(key))
      .map(({ key, handle, spec }) => {
        const waitFor = [learning, required(reads, key)]
          .filter((node) => graph.find(node) !== undefined)
          .map(after);
        return graph.assign(handle, required(next, key), spec.dtype, waitFor, `${scope}/${handle}/assign`);
      });
    const learned = graph.add(
      'Identity',
      [learning, ...assigned.map(after)],
      T,
      [float()],
      `${scope}/learned`,
    );
    const either = graph.add(
      'Merge',
      [learned, choice],
      { ...T, N: int(2) },
      [float(), { dtype: DTYPE.int32, shape: [] }],
      `${scope}/loss`,
    );
    return graph.add(
      'Pack',
      [either, ...metrics],
      { ...T, N: int(scalars.length), axis: int(0) },
      [float(scalars.length)],
      `${scope}/scalars`,
    );
  }
}

function required<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`there is no ${key}`);
  return value;
}

export const dataWrite = ({ name }: DataColumn): Ref => `${name}/write`;
