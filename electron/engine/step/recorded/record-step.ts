/**
 * Owns the recorded step behind the step interface: one call of a TensorFlow graph does forward, loss, gradients, update
 * and metrics. Weights and slots live in the session and come out only when they are asked for.
 */
import type { Variable } from '@tensorflow/tfjs';
import { fail, ok, type Result } from '../../../../shared/result';
import type { WeightValues } from '../../network/network';
import { tf } from '../../tensorflow';
import { eagerStep, type StepOptions } from '../eager';
import { LearningRate } from '../learning-rate';
import { learnerOf, slotShapes, startingSlots, type Learner } from '../learning';
import type { NotFinite, StepMark, StepScalars, StepState, TrainingStep } from '../step';
import { DTYPE } from './graph';
import { idOf, nativeBackend, type NativeBackend } from './native';
import { Session, type Call, type Made } from './session';
import { RULES } from './rewrite/rules';
import type { Rule } from './rewrite/rewrite';
import { storedSpec, takeRows, trainingData, type TrainingData } from './training-data';
import { dataWrite, TrainingGraph, type RecordedSize } from './training-graph';

export interface RecordedStepOptions extends StepOptions {
  /** Sizes of batches to record at once; others are recorded when they come, which takes a moment. */
  sizes?: readonly number[];
  rules?: readonly Rule[];
  /** Data sets up to this size live in the session. */
  storedBytes?: number;
}

/** What a session is opened with. */
interface Loaded {
  session: Session;
  graph: TrainingGraph;
  steps: ReadonlyMap<number, Call>;
  read: Call;
  write: Call;
}

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

const rowsFor = ({ samples }: StepOptions, size: number): Int32Array => {
  const rows = samples.parts.train;
  return Int32Array.from({ length: size }, (_, i) => rows[i % rows.length]);
};

function load(
  options: RecordedStepOptions,
  learner: Learner,
  data: TrainingData,
  backend: NativeBackend,
  sizes: readonly number[],
): Result<Loaded> {
  const graph = new TrainingGraph({
    learner,
    samples: options.samples,
    data,
    backend,
    rules: options.rules ?? RULES,
  });
  const recorded = new Map<number, RecordedSize>();
  for (const size of sizes) {
    const added = graph.addSize(rowsFor(options, size));
    if (!added.ok) return added;
    recorded.set(size, added.value);
  }
  const opened = Session.open(backend.binding, graph.graph);
  if (!opened.ok) return opened;
  const session = opened.value;
  if (data.stored) storeData(session, graph, data);
  return ok({
    session,
    graph,
    steps: new Map([...recorded].map(([size, { feeds, scalars }]) => [size, session.call(feeds, [scalars])])),
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

const idsOf = (made: readonly Made[]): number[] => made.map(({ id }) => id);

function storeData(session: Session, { stored }: TrainingGraph, { columns }: TrainingData): void {
  const tensors = columns.map((column) =>
    session.tensor(storedSpec(column).shape, column.dtype, column.values),
  );
  session.delete(idsOf(session.call(columns.map(dataWrite), [stored]).run(tensors)));
  session.delete(tensors);
}

class RecordedStep implements TrainingStep {
  readonly kind = 'recorded';
  iteration = 0;
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
    const { session } = this.loaded;
    const ids = this.feed(rows);
    const [made] = this.stepOf(rows.length).run(ids);
    const [loss, ...sums] = session.read(made.id);
    session.delete([...ids, made.id]);
    if (Number.isFinite(loss)) this.iteration += 1;
    return {
      loss,
      metrics: Object.fromEntries(this.learner.objective.metrics.map(({ name }, i) => [name, sums[i]])),
    };
  }

  private feed(rows: Int32Array): number[] {
    const { session, graph } = this.loaded;
    const factors = this.learner.optimizer.coefficients(this.learningRate, this.iteration);
    return [
      session.tensor([], DTYPE.int32, Int32Array.of(this.iteration)),
      session.tensor(
        [graph.coefficients.length],
        DTYPE.float32,
        Float32Array.from(graph.coefficients, (name) => factors[name]),
      ),
      ...(this.data.stored
        ? [session.tensor([rows.length], DTYPE.int32, rows)]
        : this.data.columns.map((column) =>
            session.tensor([rows.length, ...column.shape], column.dtype, takeRows(column, rows)),
          )),
    ];
  }

  private stepOf(size: number): Call {
    const step = this.loaded.steps.get(size);
    return step ?? this.recordToo(size);
  }

  /** A graph cannot grow while it is loaded: a new one with this size takes over what the old one knows. */
  private recordToo(size: number): Call {
    const before = this.loaded;
    const next = load(this.options, this.learner, this.data, this.backend, [...before.steps.keys(), size]);
    if (!next.ok) throw new Error(next.problem.message);
    const state = before.read.run([]);
    this.loaded = next.value;
    this.write(idsOf(state));
    before.session.delete(idsOf(state));
    before.session.dispose();
    const step = next.value.steps.get(size);
    if (step === undefined) throw new Error(`there is no step for batches of ${size}`);
    return step;
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
    const eager = eagerStep(this.options);
    try {
      const taken = eager.writeState(this.readState());
      if (!taken.ok) throw new Error(taken.problem.message);
      eager.learningRate = this.learningRate;
      const found = eager.examine(rows);
      if (found === null) this.step(rows);
      return found;
    } finally {
      eager.dispose();
    }
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
