/**
 * Owns the recorded step behind the step interface: one call of a TensorFlow graph does forward, loss, gradients, update
 * and metrics. Weights and slots live in the session and come out only when they are asked for.
 */
import type { Variable } from '@tensorflow/tfjs';
import { fail, ok, type Problem, type Result } from '../../../../shared/result';
import type { WeightValues } from '../../network/network';
import { tf } from '../../tensorflow';
import { eagerStep, untilBroken } from '../eager';
import { slotShapes, startingSlots } from '../learning';
import {
  isFiniteStep,
  type NotFinite,
  type Scalars,
  type StepMark,
  type StepScalars,
  type StepState,
  type TrainingStep,
} from '../step';
import { Turn, type Move, type StepOptions } from '../turn';
import { DTYPE } from './graph';
import { idOf, nativeBackend, type NativeBackend } from './native';
import { idsOf, load, type Loaded, type RecordedStepOptions } from './load';
import type { Call, Session } from './session';
import { Batches, trainingData, type TrainingData } from './training-data';

export type { RecordedStepOptions } from './load';

class RecordedMark implements StepMark {
  constructor(
    private readonly session: Session,
    readonly ids: readonly number[],
    readonly iteration: number,
  ) {}
  release(): void {
    this.session.delete(this.ids);
  }
}

function joined(batches: readonly Int32Array[]): Int32Array {
  if (batches.length === 1) return batches[0];
  const rows = new Int32Array(batches.length * batches[0].length);
  batches.forEach((batch, i) => rows.set(batch, i * batch.length));
  return rows;
}

/** A size of batch, or several steps at once. */
type CallName = number | 'several';

class RecordedStep implements TrainingStep {
  readonly kind = 'recorded';
  iteration: number;
  notRecorded: Problem | null = null;
  /** Calls that cannot be had, and those that have been made. */
  private readonly refused = new Set<CallName>();
  private readonly called = new Set<CallName>();
  private readonly batches = new Batches();

  constructor(
    private readonly options: RecordedStepOptions,
    private readonly turn: Turn,
    private readonly data: TrainingData,
    private readonly backend: NativeBackend,
    private loaded: Loaded,
  ) {
    this.iteration = turn.from;
    this.takeNetwork();
  }

  get rates(): Record<string, number> {
    return this.turn.rates(this.iteration);
  }
  get learningRate(): number {
    return this.rates[this.options.trainer.block];
  }
  askRate(trainer: string, rate: number): void {
    this.turn.askRate(trainer, rate, this.iteration);
  }

  /** The network's weights of now, with slots as they start. */
  private takeNetwork(): void {
    tf.tidy(() => {
      const slots = new Map(this.turn.members.flatMap(({ learner }) => [...startingSlots(learner)]));
      const tensors = this.loaded.graph.variables.map(({ key }) => this.variable(key) ?? slots.get(key));
      this.loaded.begin(
        tensors.map((tensor) => {
          if (tensor === undefined)
            throw new Error('the session has a variable that neither network nor optimizer has');
          return idOf(this.backend, tensor);
        }),
      );
    });
  }

  private variable(key: string): Variable | undefined {
    return this.options.network.variables.get(key);
  }

  private write(ids: number[]): void {
    const { session, write } = this.loaded;
    session.delete(idsOf(write.run(ids)));
  }

  step(rows: Int32Array): StepScalars {
    const calls = this.stepOf(rows.length);
    if (calls === null) return this.stepEagerly(rows);
    const done = this.firstCall(rows.length, () => this.takeTurn(calls, rows));
    return done ?? this.stepEagerly(rows);
  }

  private takeTurn(calls: readonly Call[], rows: Int32Array): StepScalars {
    const done = this.turn.take(
      this.iteration,
      (move) => this.call(calls[this.turn.members.indexOf(move.member)], [move], [rows])[0],
    );
    if (isFiniteStep(done)) this.iteration += 1;
    return done;
  }

  /** What TensorFlow loads it can still refuse to run, which its first call shows. What that wrote is taken back. */
  private firstCall<T>(of: CallName, call: () => T): T | null {
    if (this.called.has(of)) return call();
    const mark = this.mark();
    try {
      const done = call();
      this.called.add(of);
      return done;
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      this.returnTo(mark);
      this.refuse(of, {
        code: 'step/refused',
        message: `TensorFlow does not run the recorded step: ${reason}`,
      });
      return null;
    } finally {
      mark.release();
    }
  }

  private refuse(of: CallName, why: Problem): void {
    this.refused.add(of);
    this.notRecorded = why;
  }

  get together(): { size: number; steps: number } | null {
    const { several } = this.loaded;
    return several && !this.refused.has('several') ? { size: several.size, steps: several.together } : null;
  }

  steps(batches: readonly Int32Array[]): StepScalars[] {
    const { several } = this.loaded;
    const fits =
      batches.length === several?.together && batches.every((rows) => rows.length === several.size);
    const done =
      fits && !this.refused.has('several')
        ? this.firstCall('several', () => this.takeSeveral(several.call, batches))
        : null;
    return done ?? untilBroken(batches, (rows) => this.step(rows));
  }

  /** A turn on each of these batches. After a loss that is not finite nothing is learned any more. */
  private takeSeveral(call: Call, batches: readonly Int32Array[]): StepScalars[] {
    const moves = batches.map((_, i) => this.turn.moves(this.iteration + i)[0]);
    const scalars = this.call(call, moves, batches);
    const broken = scalars.findIndex(({ loss }) => !Number.isFinite(loss));
    this.iteration += broken < 0 ? batches.length : broken;
    return broken < 0 ? scalars : scalars.slice(0, broken + 1);
  }

  /** One call that does an update of one member on each of these batches. */
  private call(call: Call, moves: readonly Move[], batches: readonly Int32Array[]): Scalars[] {
    const { session } = this.loaded;
    const ids = this.feed(moves, batches);
    const [made] = call.run(ids);
    const values = session.read(made.id) as Float32Array;
    session.delete([...ids, made.id]);
    const { metrics } = moves[0].member.learner.objective;
    const width = metrics.length + 1;
    return batches.map((_, i) => ({
      loss: values[i * width],
      metrics: Object.fromEntries(metrics.map(({ name }, j) => [name, values[i * width + 1 + j]])),
    }));
  }

  private feed(moves: readonly Move[], batches: readonly Int32Array[]): number[] {
    const { session, graph } = this.loaded;
    const [first] = batches;
    const several = batches.length > 1 ? [batches.length] : [];
    const { learner, rate } = moves[0].member;
    const names = graph.seats.find((seat) => seat.learner === learner)?.coefficients ?? [];
    const width = names.length;
    const coefficients = new Float32Array(batches.length * width);
    moves.forEach(({ iteration }, i) => {
      const factors = learner.optimizer.coefficients(rate.at(iteration), iteration);
      names.forEach((name, j) => (coefficients[i * width + j] = factors[name]));
    });
    return [
      session.tensor([], DTYPE.int32, Int32Array.of(moves[0].name)),
      session.tensor([...several, width], DTYPE.float32, coefficients),
      ...(this.data.stored
        ? [session.tensor([...several, first.length], DTYPE.int32, joined(batches))]
        : this.data.columns.map((column) =>
            session.tensor([first.length, ...column.shape], column.dtype, this.batches.take(column, first)),
          )),
    ];
  }

  /** null: batches of this size cannot be recorded. */
  private stepOf(size: number): readonly Call[] | null {
    if (this.refused.has(size)) return null;
    return this.loaded.steps.get(size) ?? this.recordToo(size);
  }

  /** A graph cannot grow while it is loaded: a new one with this size takes over what the old one knows. */
  private recordToo(size: number): readonly Call[] | null {
    const before = this.loaded;
    const sizes = [...before.steps.keys(), size];
    const next = load(this.options, this.turn, this.data, this.backend, sizes);
    if (!next.ok) {
      this.refuse(size, next.problem);
      return null;
    }
    const state = before.read.run([]);
    this.loaded = next.value;
    this.loaded.begin(idsOf(state));
    before.session.delete(idsOf(state));
    before.session.dispose();
    return next.value.steps.get(size) ?? null;
  }

  /** On the same state as the recorded ones: for sizes that cannot be recorded. */
  private stepEagerly(rows: Int32Array): StepScalars {
    return this.withEager((eager) => {
      const scalars = eager.step(rows);
      const taken = this.writeState(eager.readState());
      if (!taken.ok) throw new Error(taken.problem.message);
      return scalars;
    });
  }

  private withEager<T>(use: (eager: TrainingStep) => T): T {
    const eager = eagerStep(this.options);
    try {
      const taken = eager.writeState(this.readState());
      if (!taken.ok) throw new Error(taken.problem.message);
      for (const [trainer, rate] of Object.entries(this.rates)) eager.askRate(trainer, rate);
      return use(eager);
    } finally {
      eager.dispose();
    }
  }

  /** TensorFlow gives the arrays of now without copying: an update puts new arrays in their place. */
  mark(): StepMark {
    return new RecordedMark(this.loaded.session, idsOf(this.loaded.read.run([])), this.iteration);
  }

  returnTo(mark: StepMark): void {
    if (!(mark instanceof RecordedMark)) throw new Error('this mark is of another step');
    this.write([...mark.ids]);
    this.iteration = mark.iteration;
  }

  settle(): void {
    const { graph, read } = this.loaded;
    const made = read.run([]);
    tf.tidy(() => {
      graph.variables.forEach(({ key }, i) => {
        const tensor = this.backend.createOutputTensor(made[i]);
        this.variable(key)?.assign(tensor);
      });
    });
  }

  /** An eager step on the same state looks; where it finds nothing, the recorded step goes on as it would have. */
  examine(rows: Int32Array): NotFinite | null {
    const found = this.withEager((eager) => eager.examine(rows));
    if (found === null) this.step(rows);
    return found;
  }

  readState(): StepState {
    const { session, graph, read } = this.loaded;
    const made = read.run([]);
    const tensors: WeightValues = new Map();
    graph.variables.forEach(({ key, spec }, i) => {
      tensors.set(key, { shape: [...spec.shape], values: session.read(made[i].id) as Float32Array });
    });
    session.delete(idsOf(made));
    return { tensors, iteration: this.iteration };
  }

  writeState({ tensors, iteration }: StepState): Result<null> {
    for (const [key, shape] of this.turn.members.flatMap(({ learner }) => [...slotShapes(learner)])) {
      if (tensors.get(key)?.shape.join() !== shape.join()) {
        return fail(
          'run/other-network',
          `The optimizer's state ${key} is missing or of another shape: it belongs to another network or optimizer.`,
        );
      }
    }
    const written = this.options.network.writeWeights(tensors);
    if (!written.ok) return written;
    const { session, graph } = this.loaded;
    const ids = graph.variables.map(({ key, spec }) =>
      session.tensor(spec.shape, spec.dtype, tensors.get(key)?.values as Float32Array),
    );
    this.write(ids);
    session.delete(ids);
    this.iteration = iteration;
    return ok(null);
  }

  dispose(): void {
    this.loaded.session.dispose();
  }
}

/** The sizes of batches in an epoch: the full one, and the last where it is shorter. */
export function epochSizes({ trainer, samples }: StepOptions): number[] {
  const n = samples.parts.train.length;
  const full = Math.min(trainer.batch_size, n);
  return [...new Set([full, n % full])].filter((size) => size > 0);
}

/** Problems say what stands in the way; the eager step can do everything that this one can. */
export function recordedStep(options: RecordedStepOptions): Result<TrainingStep> {
  const backend = nativeBackend();
  if (backend === null)
    return fail(
      'step/other-backend',
      `The step cannot be recorded: ${tf.getBackend()} runs no TensorFlow graphs.`,
    );
  const turn = new Turn(options);
  const data = trainingData(options.samples, options.sampleWeights, options.storedBytes);
  const loaded = load(options, turn, data, backend, options.sizes ?? epochSizes(options));
  return loaded.ok ? ok(new RecordedStep(options, turn, data, backend, loaded.value)) : loaded;
}
