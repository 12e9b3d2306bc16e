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
import { slotKey } from '../step';
import { fuseUpdate, type Place } from './fused-updates';
import { after, DTYPE, Graph, int, parseRef, refTo, typeOf, type Ref, type TensorSpec } from './graph';
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

/** Steps in one call of the session. */
export interface RecordedCall {
  /** In this order: the updates so far, the optimizer's coefficients for each step, then the batches. */
  feeds: Ref[];
  /** For each step the loss, then the sums of the metrics: all in one float vector. */
  scalars: Ref;
}

/** What was recorded for batches of one size. */
export interface RecordedSize {
  /** An update of each learner, in their order. */
  one: RecordedCall[];
  /** Several steps of the only learner in one call, where they were asked for. */
  several: RecordedCall | null;
}

/** A learner with its place in the graph. */
interface Seat {
  learner: Learner;
  /** Names of its optimizer's coefficients in the order in which they are fed, and where. */
  coefficients: readonly string[];
  fed: Ref;
  /** Ends the names of what is its own: nothing for the first. */
  suffix: string;
}

/** Before the first step of a call nothing has to be waited for. */
interface StepBefore {
  /** Whether all losses so far were finite. */
  finite: Ref | null;
  end: Ref | null;
}

export interface TrainingGraphOptions {
  /** At least one; they share the weights and the data. */
  learners: readonly Learner[];
  samples: Samples;
  data: TrainingData;
  backend: NativeBackend;
  rules: readonly Rule[];
  /** Updates of arrays from this many numbers on become one operation where they can. */
  fuseFrom: number;
}

/** One update as it was recorded: what it puts out, what each variable becomes, and where each was read. */
interface RecordedBody {
  seat: Seat;
  graph: Graph;
  scalars: readonly Ref[];
  next: Map<string, Ref>;
  reads: ReadonlyMap<string, Ref>;
}

const float = (...shape: number[]): TensorSpec => ({ dtype: DTYPE.float32, shape });
const T = { T: typeOf(DTYPE.float32) };
const STEP = 'step';

export class TrainingGraph {
  readonly graph = new Graph('session');
  readonly variables: SessionVariable[] = [];
  private readonly handles = new Map<string, Ref>();
  readonly seats: readonly Seat[];
  /** Fetched after variables were fed, and after the data were. */
  readonly written = 'written';
  readonly stored = 'stored';

  constructor(private readonly given: TrainingGraphOptions) {
    const { learners, data } = given;
    this.graph.placeholder(STEP, { dtype: DTYPE.int32, shape: [] });
    this.seats = learners.map((learner, i) => this.addSeat(learner, i === 0 ? '' : `_${i}`));
    const held = [...learners[0].network.variables].map(([key, { shape }]) => [key, shape] as const);
    for (const [key, shape] of [...held, ...learners.flatMap((learner) => [...slotShapes(learner)])])
      this.addVariable(key, float(...shape));
    this.addGate(
      this.written,
      this.variables.map(({ write }) => write),
    );
    if (!data.stored) return;
    for (const column of data.columns)
      this.addWrite(this.graph.variable(column.name, storedSpec(column)), storedSpec(column));
    this.addGate(this.stored, data.columns.map(dataWrite));
  }

  /** What is fetched beside the steps. */
  get ends(): Ref[] {
    const reads = this.variables.map(({ read }) => read);
    return [...reads, this.written, ...(this.given.data.stored ? [this.stored] : [])];
  }

  private addSeat(learner: Learner, suffix: string): Seat {
    const { optimizer } = learner;
    const coefficients = Object.keys(optimizer.coefficients(optimizer.rate(0), 0));
    const fed = this.graph.placeholder(`coefficients${suffix}`, float(coefficients.length));
    return { learner, coefficients, fed, suffix };
  }

  private addVariable(key: string, spec: TensorSpec): void {
    const handle = this.graph.variable(`variable_${this.variables.length}`, spec);
    this.handles.set(key, handle);
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

  /**
   * Records the step for batches as large as these rows, which it computes once to see what it does. Changes no weight.
   * `together`: how many steps a call is to do, beside the call that does one.
   */
  addSize(rows: Int32Array, together = 1): Result<RecordedSize> {
    const one: RecordedCall[] = [];
    let several: RecordedCall | null = null;
    for (const seat of this.seats) {
      const body = new Graph(`batch_${rows.length}${seat.suffix}`);
      const batch = batchInGraph(body, this.given.data, rows.length);
      const reads = new Map(this.variables.map(({ key, handle, spec }) => [key, body.read(handle, spec)]));
      const recorded = this.record(seat, body, batch, reads, rows);
      if (!recorded.ok) return recorded;
      const { scalars, next } = recorded.value;
      const { graph, roots } = rewrite(body, [...scalars, ...next.values()], this.given.rules);
      const ends = new Map([...next.keys()].map((key, i) => [key, roots[scalars.length + i]]));
      const step: RecordedBody = { seat, graph, scalars: roots.slice(0, scalars.length), next: ends, reads };
      this.graph.append(graph);
      const [end] = this.addUpdates(body.scope, step, { finite: null, end: null });
      one.push({ feeds: [STEP, seat.fed, ...batch.feeds], scalars: end });
      if (together > 1 && this.seats.length === 1) several = this.addSeveral(step, rows.length, together);
    }
    return ok({ one, several });
  }

  /** Copies of a step in a row: each reads the variables when the one before has written them. */
  private addSeveral(step: RecordedBody, size: number, together: number): RecordedCall {
    const { graph } = this;
    const scope = `batch_${size}_times_${together}`;
    const { length } = step.seat.coefficients;
    const coefficients = graph.placeholder(`${scope}/coefficients`, float(together, length));
    const rows = graph.placeholder(`${scope}/rows`, { dtype: DTYPE.int32, shape: [together, size] });
    const unpack = (ref: Ref, { dtype, shape }: TensorSpec): string =>
      graph.add('Unpack', [ref], { T: typeOf(dtype), num: int(together), axis: int(0) }, Array.from({ length: together }, () => ({ dtype, shape }))); // prettier-ignore
    const [coefficientsOf, rowsOf] = [
      unpack(coefficients, float(length)),
      unpack(rows, { dtype: DTYPE.int32, shape: [size] }),
    ];
    let before: StepBefore = { finite: null, end: null };
    const all: Ref[] = [];
    for (let i = 0; i < together; i++) {
      const count = { dtype: DTYPE.int32, shape: [] };
      const given = new Map([
        [STEP, graph.add('AddV2', [STEP, graph.integer(i)], { T: typeOf(DTYPE.int32) }, [count])],
        [step.seat.fed, refTo(coefficientsOf, i)],
        [`batch_${size}/rows`, refTo(rowsOf, i)],
      ]);
      const copy = this.addCopy(step, `${scope}/${i}`, given, before.end);
      const [end, finite] = this.addUpdates(`${scope}/${i}`, copy, before);
      all.push(end);
      before = { finite, end };
    }
    const width = step.scalars.length;
    return {
      feeds: [STEP, coefficients, rows],
      scalars: graph.add('ConcatV2', [...all, graph.integer(0)], { ...T, N: int(together), Tidx: typeOf(DTYPE.int32) }, [float(together * width)], `${scope}/scalars`), // prettier-ignore
    };
  }

  /** The same step under other names; constants are shared. `waitFor` comes before its reads. */
  private addCopy(
    step: RecordedBody,
    scope: string,
    given: ReadonlyMap<Ref, Ref>,
    waitFor: Ref | null,
  ): RecordedBody {
    const names = new Map<string, string>();
    const moved = (ref: Ref): Ref => {
      const { name, output } = parseRef(ref);
      return given.get(ref) ?? refTo(names.get(name) ?? name, output);
    };
    for (const node of step.graph) {
      if (node.op === 'Const' || given.has(node.name)) continue;
      const name = `${scope}/${names.size}`;
      const waits = node.op === 'ReadVariableOp' || node.op === 'ResourceGather' ? waitFor : null;
      const inputs = [...node.inputs.map(moved), ...(waits === null ? [] : [after(waits)])];
      this.graph.insert({ ...node, name, inputs });
      names.set(node.name, name);
    }
    const movedMap = (refs: ReadonlyMap<string, Ref>) =>
      new Map([...refs].map(([key, ref]) => [key, moved(ref)]));
    return {
      seat: step.seat,
      graph: this.graph,
      scalars: step.scalars.map(moved),
      next: movedMap(step.next),
      reads: movedMap(step.reads),
    };
  }

  private record(
    seat: Seat,
    body: Graph,
    batch: BatchInGraph,
    reads: ReadonlyMap<string, Ref>,
    rows: Int32Array,
  ): Result<{ scalars: Ref[]; next: Map<string, Ref> }> {
    const { backend } = this.given;
    const { learner } = seat;
    const coefficients = body.add(
      'Unpack',
      [seat.fed],
      { ...T, num: int(seat.coefficients.length), axis: int(0) },
      seat.coefficients.map(() => float()),
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
      const held = learner.network.variables;
      for (const { key, spec } of this.variables) {
        if (!held.has(key)) slots.set(key, tf.zeros([...spec.shape]));
        known.set(held.get(key) ?? (slots.get(key) as Tensor), reads.get(key) as Ref);
      }
      seat.coefficients.forEach((name, i) =>
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
    const sampleWeights = new Map(
      [...data.classWeights.keys()].map((block) => [block, tf.ones([rows.length])]),
    );
    const place = (columns: ReadonlyMap<string, DataColumn>, tensors: ReadonlyMap<string, Tensor>): void => {
      for (const [block, { name }] of columns) known.set(required(tensors, block), required(values, name));
    };
    place(data.inputs, batch.inputs);
    place(data.labels, batch.labels);
    place(data.weights, batch.weights);
    place(data.classWeights, sampleWeights);
    return { batch, sampleWeights };
  }

  /**
   * Each variable takes its next value once it has been read. A loss that is not finite is switched the other way: then
   * nothing that waits for `learning` runs, and the weights stay, also in the later steps of the same call. Answers the
   * step's scalars and whether all was finite so far.
   */
  private addUpdates(scope: string, recorded: RecordedBody, before: StepBefore): [scalars: Ref, finite: Ref] {
    const { graph } = this;
    const step = { ...recorded, next: new Map(recorded.next) };
    const [loss, ...metrics] = step.scalars;
    const truth = { dtype: DTYPE.bool, shape: [] };
    let finite = graph.add('IsFinite', [loss], T, [truth], `${scope}/finite`);
    if (before.finite !== null) finite = graph.add('LogicalAnd', [finite, before.finite], {}, [truth]);
    const choice = graph.add('Switch', [loss, finite], T, [float(), float()], `${scope}/choice`);
    const learning = graph.add('Identity', [refTo(choice, 1)], T, [float()], `${scope}/learning`);
    const waitFor = [learning, ...(before.end === null ? [] : [before.end])].map(after);
    const done = [...this.addFused(scope, step, waitFor), ...this.addAssignments(scope, step, waitFor)];
    const learned = graph.add('Identity', [learning, ...done.map(after)], T, [float()], `${scope}/learned`);
    const either = graph.add('Merge', [learned, choice], { ...T, N: int(2) }, [float(), { dtype: DTYPE.int32, shape: [] }], `${scope}/loss`); // prettier-ignore
    const width = step.scalars.length;
    const packed = graph.add('Pack', [either, ...metrics], { ...T, N: int(width), axis: int(0) }, [float(width)], `${scope}/scalars`); // prettier-ignore
    return [packed, finite];
  }

  private place(key: string, { reads }: RecordedBody): Place {
    return { handle: required(this.handles, key), read: required(reads, key) };
  }

  /** Updates that are one operation; what they write is taken out of `step.next`. */
  private addFused(scope: string, step: RecordedBody, waitFor: readonly Ref[]): Ref[] {
    const { optimizer, trainable, owner } = step.seat.learner;
    return [...trainable].flatMap(([key, { size }]) => {
      const next = step.next.get(key);
      if (next === undefined || size < this.given.fuseFrom) return [];
      const keys = optimizer.slots.map((slot) => [slot, slotKey(slot, key, owner)] as const);
      const slots = new Map(
        keys.map(([slot, name]) => [slot, { ...this.place(name, step), next: required(step.next, name) }]),
      );
      const update = { weight: this.place(key, step), slots, next };
      const done = fuseUpdate(this.graph, update, waitFor, `${scope}/${update.weight.handle}`);
      if (done === null) return [];
      for (const name of [key, ...keys.map(([, name]) => name)]) step.next.delete(name);
      return [done];
    });
  }

  private addAssignments(scope: string, { next, reads }: RecordedBody, waitFor: readonly Ref[]): Ref[] {
    return this.variables
      .filter(({ key }) => next.has(key))
      .map(({ key, handle, spec }) => {
        const read = required(reads, key);
        const waits = [...waitFor, ...(this.graph.find(read) === undefined ? [] : [after(read)])];
        return this.graph.assign(handle, required(next, key), spec.dtype, waits, `${scope}/${handle}/assign`);
      });
  }
}

function required<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`there is no ${key}`);
  return value;
}

export const dataWrite = ({ name }: DataColumn): Ref => `${name}/write`;
