/**
 * Owns the step of a method that searches: it measures loss and slope of the same rows at several places and goes to the
 * best. What measures is another step, recorded or eager, whose optimizer keeps the gradient and changes nothing.
 */
import { fail, ok, type Result } from '../../../shared/result';
import type { Constraint } from '../network/constraints';
import type { WeightValues } from '../network/network';
import { GRADIENT_SLOT } from '../optimizers/kept-gradient';
import type { Measure, Memory, Point, Search } from '../search/search';
import { tf } from '../tensorflow';
import { LearningRate } from './learning-rate';
import type { Learner } from './learning';
import {
  slotKey,
  type NotFinite,
  type StepMark,
  type StepScalars,
  type StepState,
  type TrainingStep,
} from './step';

/** In a state: the numbers of the method, which belong to no weight. */
const NUMBERS = slotKey('search', 'numbers');

class SearchMark implements StepMark {
  constructor(
    readonly inner: StepMark,
    readonly memory: Memory,
    readonly iteration: number,
  ) {}
  release(): void {
    this.inner.release();
  }
}

/** All weights that are learned, one after the other. */
class Layout {
  private readonly places: readonly {
    key: string;
    from: number;
    size: number;
    shape: readonly number[];
    constraint: Constraint | null;
  }[];
  readonly length: number;
  constructor({ trainable, network }: Learner) {
    let length = 0;
    this.places = [...trainable].map(([key, { size, shape }]) => {
      const constraint = network.weights.get(key)?.constraint ?? null;
      const place = { key, from: length, size, shape, constraint };
      length += size;
      return place;
    });
    this.length = length;
  }

  read(tensors: WeightValues, keyOf: (key: string) => string): Float32Array {
    const all = new Float32Array(this.length);
    for (const { key, from } of this.places) {
      const found = tensors.get(keyOf(key));
      if (found) all.set(found.values, from);
    }
    return all;
  }

  write(tensors: WeightValues, keyOf: (key: string) => string, all: Float32Array): void {
    for (const { key, from, size, shape } of this.places)
      tensors.set(keyOf(key), { shape: [...shape], values: all.slice(from, from + size) });
  }

  /** The weights, held to the constraints of their layers. */
  held(all: Float32Array): Float32Array {
    const held = all.slice();
    for (const { from, size, shape, constraint } of this.places) {
      if (constraint === null) continue;
      const part = tf.tidy(() => constraint(tf.tensor(all.slice(from, from + size), [...shape])).dataSync());
      held.set(part, from);
    }
    return held;
  }
}

const own = (key: string): string => key;
const gradientOf = (key: string): string => slotKey(GRADIENT_SLOT, key);

export interface SearchOptions {
  learner: Learner;
  /** Steps that were done before, in other stages. */
  from: number;
}

class SearchStep implements TrainingStep {
  readonly together = null;
  iteration: number;
  private readonly block: string;
  private readonly from: number;
  private readonly rate: LearningRate;
  private readonly layout: Layout;
  private memory: Memory;

  constructor(
    private readonly inner: TrainingStep,
    private readonly search: Search,
    { learner, from }: SearchOptions,
  ) {
    this.block = learner.block;
    this.from = from;
    this.iteration = inner.iteration;
    this.rate = new LearningRate(learner.optimizer.rate);
    this.layout = new Layout(learner);
    this.memory = {
      vectors: search.vectors.map(() => new Float32Array(this.layout.length)),
      numbers: new Float32Array(search.numbers.length),
    };
  }

  get kind(): TrainingStep['kind'] {
    return this.inner.kind;
  }
  get notRecorded(): TrainingStep['notRecorded'] {
    return this.inner.notRecorded;
  }
  get learningRate(): number {
    return this.rate.at(this.iteration - this.from);
  }
  get rates(): TrainingStep['rates'] {
    return { [this.block]: this.learningRate };
  }
  askRate(_trainer: string, rate: number): void {
    this.rate.ask(rate, this.iteration - this.from);
  }

  step(rows: Int32Array): StepScalars {
    const scalars = this.inner.step(rows);
    if (!Number.isFinite(scalars.loss)) return scalars;
    // The random numbers of all measurements are those of this step, and so are the moving averages that are kept.
    const state: StepState = { ...this.inner.readState(), iteration: this.iteration };
    const pointOf = (loss: number, { tensors }: StepState): Point => ({
      loss: Number.isFinite(loss) ? loss : Infinity,
      weights: this.layout.read(tensors, own),
      gradient: this.layout.read(tensors, gradientOf),
    });
    const put = (weights: Float32Array, iteration: number): void => {
      const tensors = new Map(state.tensors);
      this.layout.write(tensors, own, weights);
      const written = this.inner.writeState({ tensors, iteration });
      if (!written.ok) throw new Error(written.problem.message);
    };
    const measure: Measure = (weights) => {
      put(weights, this.iteration);
      const { loss } = this.inner.step(rows);
      return { ...pointOf(loss, this.inner.readState()), weights };
    };
    const { to, memory } = this.search.move(
      pointOf(scalars.loss, state),
      this.memory,
      measure,
      this.learningRate,
    );
    this.memory = memory;
    this.iteration += 1;
    put(this.layout.held(to.weights), this.iteration);
    return scalars;
  }

  steps(batches: readonly Int32Array[]): StepScalars[] {
    return batches.slice(0, 1).map((rows) => this.step(rows));
  }

  mark(): StepMark {
    return new SearchMark(this.inner.mark(), this.memory, this.iteration);
  }

  returnTo(mark: StepMark): void {
    if (!(mark instanceof SearchMark)) throw new Error('this mark is of another step');
    this.inner.returnTo(mark.inner);
    this.memory = mark.memory;
    this.iteration = mark.iteration;
  }

  /** The measurement shows what is not finite; where all is, the step is done. */
  examine(rows: Int32Array): NotFinite | null {
    const before = this.inner.mark();
    try {
      const found = this.inner.examine(rows);
      if (found === null) {
        this.inner.returnTo(before);
        this.step(rows);
      }
      return found;
    } finally {
      before.release();
    }
  }

  settle(): void {
    this.inner.settle();
  }

  readState(): StepState {
    const tensors = new Map(this.inner.readState().tensors);
    const { vectors, numbers } = this.memory;
    this.search.vectors.forEach((name, i) =>
      this.layout.write(tensors, (key) => slotKey(name, key), vectors[i]),
    );
    if (numbers.length > 0) tensors.set(NUMBERS, { shape: [numbers.length], values: numbers });
    return { tensors, iteration: this.iteration };
  }

  writeState({ tensors, iteration }: StepState): Result<null> {
    const numbers = tensors.get(NUMBERS)?.values ?? new Float32Array(0);
    const lacking = this.search.vectors.some(
      (name) => ![...tensors.keys()].some((key) => key.startsWith(slotKey(name, ''))),
    );
    if (lacking || numbers.length !== this.search.numbers.length)
      return fail(
        'run/other-network',
        'What the optimizer remembers is missing: the state belongs to another network or optimizer.',
      );
    const written = this.inner.writeState({ tensors, iteration });
    if (!written.ok) return written;
    this.memory = {
      vectors: this.search.vectors.map((name) => this.layout.read(tensors, (key) => slotKey(name, key))),
      numbers: numbers.slice(),
    };
    this.iteration = iteration;
    return ok(null);
  }

  dispose(): void {
    this.inner.dispose();
  }
}

/** `inner` was made for the same learner. */
export const searchStep = (inner: TrainingStep, search: Search, options: SearchOptions): TrainingStep =>
  new SearchStep(inner, search, options);
