import { beforeAll, describe, expect, it } from 'vitest';
import { eagerStep } from '../../../electron/engine/step/eager';
import { Turn } from '../../../electron/engine/step/turn';
import { load } from '../../../electron/engine/step/recorded/load';
import { nativeBackend } from '../../../electron/engine/step/recorded/native';
import { recordedStep, type RecordedStepOptions } from '../../../electron/engine/step/recorded/record-step';
import { trainingData } from '../../../electron/engine/step/recorded/training-data';
import type { TrainingStep } from '../../../electron/engine/step/step';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf, samplesOf } from '../plans';
import { batches, optimizer, OPTIMIZERS, stepOptions } from './recorded-cases';

const layers = [
  dense('hidden', 16, 'relu'),
  { block: 'drop', class_name: 'Dropout', config: { rate: 0.2 }, output_shape: [null, 16] },
  dense('out', 3, 'softmax'),
];
const planWith = (chosen: ReturnType<typeof optimizer>) =>
  planOf({ input: [null, 2], layers, trainer: { batch_size: 16, optimizer: chosen } });
const samples = blobs({ train: 160 });
const rows = (count: number, from = 0) => batches(from + count, 16, 160).slice(from);

function recorded(chosen = OPTIMIZERS.Adam, more: Partial<RecordedStepOptions> = {}): TrainingStep {
  const step = recordedStep({ ...stepOptions(planWith(chosen), samples), ...more });
  if (!step.ok) throw new Error(step.problem.message);
  return step.value;
}

/** Operations of the recorded graph that write weights by a kernel of TensorFlow. */
function kernels(chosen: ReturnType<typeof optimizer>, fuseFrom: number): string[] {
  const backend = nativeBackend();
  if (backend === null) throw new Error('the native backend is not in use');
  const options = { ...stepOptions(planWith(chosen), samples), fuseFrom, together: 1 };
  const loaded = load(options, new Turn(options), trainingData(samples, new Map()), backend, [16]);
  if (!loaded.ok) throw new Error(loaded.problem.message);
  loaded.value.session.dispose();
  return [...loaded.value.graph.graph].map(({ op }) => op).filter((op) => op.startsWith('ResourceApply'));
}

const FUSED: Record<string, ReturnType<typeof optimizer>> = {
  ResourceApplyGradientDescent: OPTIMIZERS.SGD,
  ResourceApplyKerasMomentum: OPTIMIZERS['SGD, Nesterov'],
  ResourceApplyAdam: OPTIMIZERS.Adam,
};

describe.skipIf(lacks('the native engine', hasNative))('updates of a recorded step', () => {
  beforeAll(useNative);

  it('are one operation for each array of descent, momentum and Adam', () => {
    for (const [op, chosen] of Object.entries(FUSED)) expect(kernels(chosen, 0)).toEqual(Array(4).fill(op));
    expect(kernels(optimizer('AdamW'), 0)).toEqual(Array(4).fill('ResourceApplyAdam'));
  });

  it('stay as they are where TensorFlow computes something else, and for small arrays', () => {
    for (const chosen of [
      OPTIMIZERS.RMSprop,
      OPTIMIZERS['Adam, AMSGrad'],
      optimizer('Adagrad'),
      optimizer('Lion'),
    ])
      expect(kernels(chosen, 0)).toEqual([]);
    expect(kernels(OPTIMIZERS.Adam, 1000)).toEqual([]);
    expect(kernels(OPTIMIZERS.Adam, 30)).toEqual(Array(2).fill('ResourceApplyAdam'));
  });

  it('as one operation learn as the eager step does, to 1e-5 of the loss over 20 steps', () => {
    for (const chosen of [
      ...Object.values(FUSED),
      OPTIMIZERS['SGD, momentum'],
      optimizer('AdamW', { weight_decay: 0.1 }),
    ]) {
      const [mine, eager] = [
        recorded(chosen, { fuseFrom: 0 }),
        eagerStep(stepOptions(planWith(chosen), samples)),
      ];
      for (const batch of rows(20)) {
        const [a, b] = [mine.step(batch).loss, eager.step(batch).loss];
        expect(Math.abs(a - b) / b).toBeLessThan(1e-5);
      }
      const weights = eager.readState().tensors;
      for (const [key, { values }] of mine.readState().tensors)
        values.forEach((value, i) => expect(value).toBeCloseTo(weights.get(key)?.values[i] ?? NaN, 4));
    }
  });

  it('as one operation leave a mark alone that was made before', () => {
    const step = recorded(OPTIMIZERS.Adam, { fuseFrom: 0 });
    for (const batch of rows(3)) step.step(batch);
    const [before, mark] = [step.readState(), step.mark()];
    for (const batch of rows(3)) step.step(batch);
    step.returnTo(mark);
    mark.release();
    expect(step.readState()).toEqual(before);
  });
});

describe.skipIf(lacks('the native engine', hasNative))('several steps in one call', () => {
  beforeAll(useNative);

  it('give the numbers of single steps bit for bit, whatever the updates are made of', () => {
    for (const fuseFrom of [0, Infinity]) {
      const [single, several] = [
        recorded(undefined, { fuseFrom }),
        recorded(undefined, { fuseFrom, together: 8 }),
      ];
      expect(several.together).toEqual({ size: 16, steps: 8 });
      const losses = rows(24).map((batch) => single.step(batch));
      // Six alone, then eight at once twice, then two alone: where a run was cut does not matter.
      const mixed = [
        ...several.steps(rows(6)),
        ...several.steps(rows(8, 6)),
        ...several.steps(rows(8, 14)),
        ...several.steps(rows(2, 22)),
      ];
      expect(mixed).toEqual(losses);
      expect(several.readState()).toEqual(single.readState());
    }
  });

  it('learn nothing after a loss that is not finite', () => {
    const values = Float32Array.from({ length: 320 }, (_, i) => (i === 2 * 16 * 2 ? NaN : (i % 7) / 7));
    const broken = samplesOf(
      { values, shape: [2] },
      { values: new Int32Array(160), shape: [] },
      { train: 160 },
    );
    const open = () => {
      const step = recordedStep({ ...stepOptions(planWith(OPTIMIZERS.Adam), broken), together: 8 });
      if (!step.ok) throw new Error(step.problem.message);
      return step.value;
    };
    const [at, upTo] = [open(), open()];
    const losses = at.steps(rows(8)).map(({ loss }) => loss);
    expect(losses.map(Number.isFinite)).toEqual([true, true, false]);
    for (const batch of rows(2)) upTo.step(batch);
    expect(at.iteration).toBe(2);
    expect(at.readState()).toEqual(upTo.readState());
  });

  it('are taken where a step computes little, and not where it computes much or is fed', () => {
    const little = planWith(OPTIMIZERS.SGD);
    const much = { ...little, totals: { ...little.totals, multiplyAdds: 1e7 } };
    const togetherOf = (plan: typeof little, more: Partial<RecordedStepOptions> = {}) => {
      const step = recordedStep({ ...stepOptions(plan, samples), ...more });
      return step.ok ? step.value.together : undefined;
    };
    expect(togetherOf(little)).toEqual({ size: 16, steps: 8 });
    expect(togetherOf(much)).toBeNull();
    expect(togetherOf(little, { storedBytes: 0 })).toBeNull();
  });
});
