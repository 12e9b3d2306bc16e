/** Owns the made-up sequences. Every sequence has a random stream of its own, so that more of them leave the first ones as they are. */
import { RandomStream } from '../../../../shared/random/random';

/** Belongs to the fingerprint of the data: raised whenever a seed gives other sequences than before. */
export const SEQUENCES_VERSION = 1;

export const SEQUENCE_TASKS = ['ones', 'parity', 'adding', 'waves', 'series'] as const;
export type SequenceTask = (typeof SEQUENCE_TASKS)[number];

export interface SequenceRequest {
  task: SequenceTask;
  count: number;
  length: number;
  noise: number;
  seed: number;
}

export interface Sequences {
  /** [count, length, features]. */
  values: Float32Array | Uint8Array;
  features: number;
  targets: Float32Array | Int32Array;
  /** Names of the classes; null where the target is a number. */
  classes: readonly string[] | null;
}

/** Writes one sequence into its place and answers its target. */
type Writer = (out: Float32Array | Uint8Array, random: RandomStream) => number;

const bits =
  (target: (ones: number) => number): Writer =>
  (out, random) => {
    let ones = 0;
    for (let step = 0; step < out.length; step++) ones += out[step] = random.below(2);
    return target(ones);
  };

/** Even places are numbers, odd ones marks: one in each half of the sequence. */
const adding: Writer = (out, random) => {
  const steps = out.length / 2;
  for (let step = 0; step < steps; step++) out[2 * step] = random.uniform();
  const half = Math.floor(steps / 2);
  const marked = [random.below(half), half + random.below(steps - half)];
  for (const step of marked) out[2 * step + 1] = 1;
  return marked.reduce((sum, step) => sum + out[2 * step], 0);
};

const WAVES: readonly { name: string; at: (turn: number) => number }[] = [
  { name: 'sine', at: (turn) => Math.sin(2 * Math.PI * turn) },
  { name: 'square', at: (turn) => (turn < 0.5 ? 1 : -1) },
  { name: 'triangle', at: (turn) => 1 - 4 * Math.abs(turn - 0.5) },
  { name: 'sawtooth', at: (turn) => 2 * turn - 1 },
];

/** Between one and a half and three turns in a sequence. */
const waves =
  (noise: number): Writer =>
  (out, random) => {
    const kind = random.below(WAVES.length);
    const [turns, start] = [random.between(1.5, 3), random.uniform()];
    for (let step = 0; step < out.length; step++)
      out[step] = WAVES[kind].at((start + (turns * step) / out.length) % 1) + noise * random.normal();
    return kind;
  };

/** The value after the last step, without noise. */
const series =
  (noise: number): Writer =>
  (out, random) => {
    const terms = [0.7, 0.3].map((size) => ({
      size,
      turn: random.between(0.02, 0.12),
      start: random.uniform(),
    }));
    const at = (step: number) =>
      terms.reduce(
        (sum, { size, turn, start }) => sum + size * Math.sin(2 * Math.PI * (start + turn * step)),
        0,
      );
    for (let step = 0; step < out.length; step++) out[step] = at(step) + noise * random.normal();
    return at(out.length);
  };

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));

function writerOf({ task, noise, length }: SequenceRequest): {
  write: Writer;
  classes: readonly string[] | null;
} {
  switch (task) {
    case 'ones':
      return { write: bits((ones) => ones), classes: names(length + 1) };
    case 'parity':
      return { write: bits((ones) => ones % 2), classes: ['even', 'odd'] };
    case 'adding':
      return { write: adding, classes: null };
    case 'waves':
      return { write: waves(noise), classes: WAVES.map(({ name }) => name) };
    case 'series':
      return { write: series(noise), classes: null };
  }
}

export function generateSequences(request: SequenceRequest): Sequences {
  const { task, count, length, seed } = request;
  const { write, classes } = writerOf(request);
  const features = task === 'adding' ? 2 : 1;
  const size = length * features;
  const isBits = task === 'ones' || task === 'parity';
  const values = isBits ? new Uint8Array(count * size) : new Float32Array(count * size);
  const targets = classes === null ? new Float32Array(count) : new Int32Array(count);
  for (let i = 0; i < count; i++)
    targets[i] = write(
      values.subarray(i * size, (i + 1) * size),
      new RandomStream(seed, `sequences/${task}`, String(i)),
    );
  return { values, features, targets, classes };
}
