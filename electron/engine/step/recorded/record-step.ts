/**
 * Owns the recorded step behind the step interface: one call of a TensorFlow graph does forward, loss, gradients, update
 * and metrics. Weights and slots live in the session and come out only when they are asked for.
 */
import type { Variable } from '@tensorflow/tfjs';
import { fail, ok, type Problem, type Result } from '../../../../shared/result';
import type { WeightValues } from '../../network/network';
import { tf } from '../../tensorflow';
import { eagerStep, untilBroken, type StepOptions } from '../eager';
import { LearningRate } from '../learning-rate';
import { learnerOf, slotShapes, startingSlots, type Learner } from '../learning';
import type { NotFinite, StepMark, StepScalars, StepState, TrainingStep } from '../step';
import { DTYPE } from './graph';
import { idOf, nativeBackend, type NativeBackend } from './native';
import { idsOf, load, type Loaded, type RecordedStepOptions } from './load';
import type { Call, Session } from './session';
import { takeRows, trainingData, type TrainingData } from './training-data';

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
  iteration = 0;
  notRecorded: Problem | null = null;
  /** Calls that cannot be had, and those that have been made. */
  private readonly refused = new Set<CallName>();
  private readonly called = new Set<CallName>();
  private readonly rate: LearningRate;

  constructor(
    private readonly options: RecordedStepOptions,
    private readonly learner: Learner,
    private readonly data: TrainingData,
    private readonly backend: NativeBackend,
    private loaded: Loaded,
  ) {
    this.rate = new LearningRate(learner.optimizer.rate);
    this.takeNetwork();
  }

  get learningRate(): number {
    return this.rate.at(this.iteration);
  }
  set learningRate(rate: number) {
    this.rate.ask(rate, this.iteration);
  }

  /** The network's weights of now, with slots as they start. */
  private takeNetwork(): void {
    tf.tidy(() => {
      const slots = startingSlots(this.learner);
      const tensors = this.loaded.graph.variables.map(({ key }) => this.variable(key) ?? slots.get(key));
      this.write(
        tensors.map((tensor) => {
          if (tensor === undefined)
            throw new Error('the session has a variable that neither network nor optimizer has');
          return idOf(this.backend, tensor);
        }),
      );
    });
  }

  private variable(key: string): Variable | undefined {
    return this.learner.network.weights.get(key)?.variable;
  }

  private write(ids: number[]): void {
    const { session, write } = this.loaded;
    session.delete(idsOf(write.run(ids)));
  }

  step(rows: Int32Array): StepScalars {
    const call = this.stepOf(rows.length);
    if (call === null) return this.stepEagerly(rows);
    const done = this.firstCall(rows.length, () => this.call(call, [rows])[0]);
    return done ?? this.stepEagerly(rows);
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
        ? this.firstCall('several', () => this.call(several.call, batches))
        : null;
    return done ?? untilBroken(batches, (rows) => this.step(rows));
  }

  /** One call that does a step on each of these batches. After a loss that is not finite nothing is learned any more. */
  private call(call: Call, batches: readonly Int32Array[]): StepScalars[] {
    const { session } = this.loaded;
    const ids = this.feed(batches);
    const [made] = call.run(ids);
    const values = session.read(made.id) as Float32Array;
    session.delete([...ids, made.id]);
    const { metrics } = this.learner.objective;
    const width = metrics.length + 1;
    const scalars = batches.map((_, i) => ({
      loss: values[i * width],
      metrics: Object.fromEntries(metrics.map(({ name }, j) => [name, values[i * width + 1 + j]])),
    }));
    const broken = scalars.findIndex(({ loss }) => !Number.isFinite(loss));
    this.iteration += broken < 0 ? batches.length : broken;
    return broken < 0 ? scalars : scalars.slice(0, broken + 1);
  }

  private feed(batches: readonly Int32Array[]): number[] {
    const { session, graph } = this.loaded;
    const [first] = batches;
    const several = batches.length > 1 ? [batches.length] : [];
    const width = graph.coefficients.length;
    const coefficients = new Float32Array(batches.length * width);
    batches.forEach((_, i) => {
      const factors = this.learner.optimizer.coefficients(
        this.rate.at(this.iteration + i),
        this.iteration + i,
      );
      graph.coefficients.forEach((name, j) => (coefficients[i * width + j] = factors[name]));
    });
    return [
      session.tensor([], DTYPE.int32, Int32Array.of(this.iteration)),
      session.tensor([...several, width], DTYPE.float32, coefficients),
      ...(this.data.stored
        ? [session.tensor([...several, first.length], DTYPE.int32, joined(batches))]
        : this.data.columns.map((column) =>
            session.tensor([first.length, ...column.shape], column.dtype, takeRows(column, first)),
          )),
    ];
  }

  /** null: batches of this size cannot be recorded. */
  private stepOf(size: number): Call | null {
    if (this.refused.has(size)) return null;
    return this.loaded.steps.get(size) ?? this.recordToo(size);
  }

  /** A graph cannot grow while it is loaded: a new one with this size takes over what the old one knows. */
  private recordToo(size: number): Call | null {
    const before = this.loaded;
    const sizes = [...before.steps.keys(), size];
    const next = load(this.options, this.learner, this.data, this.backend, sizes);
    if (!next.ok) {
      this.refuse(size, next.problem);
      return null;
    }
    const state = before.read.run([]);
    this.loaded = next.value;
    this.write(idsOf(state));
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
      eager.learningRate = this.learningRate;
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
    for (const [key, shape] of slotShapes(this.learner)) {
      if (tensors.get(key)?.shape.join() !== shape.join()) {
        return fail(
          'run/other-network',
          `The optimizer's state ${key} is missing or of another shape: it belongs to another network or optimizer.`,
        );
      }
    }
    const written = this.learner.network.writeWeights(tensors);
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
  const learner = learnerOf(options.plan, options.trainer, options.network);
  const data = trainingData(options.samples, options.sampleWeights, options.storedBytes);
  const loaded = load(options, learner, data, backend, options.sizes ?? epochSizes(options));
  return loaded.ok ? ok(new RecordedStep(options, learner, data, backend, loaded.value)) : loaded;
}
