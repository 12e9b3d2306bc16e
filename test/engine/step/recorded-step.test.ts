import { beforeAll, describe, expect, it } from 'vitest';
import { chooseStep } from '../../../electron/engine/step/choose';
import { eagerStep, type StepOptions } from '../../../electron/engine/step/eager';
import { DTYPE, shapeOf, text, typeOf } from '../../../electron/engine/step/recorded/graph';
import { nativeBackend } from '../../../electron/engine/step/recorded/native';
import { recordedStep, type RecordedStepOptions } from '../../../electron/engine/step/recorded/record-step';
import type { Rule } from '../../../electron/engine/step/recorded/rewrite/rewrite';
import type { TrainingStep } from '../../../electron/engine/step/step';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf, samplesOf } from '../plans';
import { batches, optimizer, stepOptions } from './recorded-cases';

const layers = [
  dense('hidden', 16, 'relu'),
  { block: 'drop', class_name: 'Dropout', config: { rate: 0.3 }, output_shape: [null, 16] },
  { block: 'norm', class_name: 'BatchNormalization', output_shape: [null, 16] },
  dense('out', 3, 'softmax'),
];
const plan = planOf({
  input: [null, 2],
  layers,
  trainer: { batch_size: 16, optimizer: optimizer('Adam', { learning_rate: 0.01 }) },
});
const samples = blobs({ train: 100 });
const options = (): StepOptions => stepOptions(plan, samples);

function recorded(more: Partial<RecordedStepOptions> = {}, given = options()): TrainingStep {
  const step = recordedStep({ ...given, ...more });
  if (!step.ok) throw new Error(step.problem.message);
  return step.value;
}
const learn = (step: TrainingStep, count: number, from = 0) =>
  batches(from + count, 16, 100)
    .slice(from)
    .map((rows) => step.step(rows));

describe.skipIf(lacks('the native engine', hasNative))('a recorded step', () => {
  beforeAll(useNative);

  it('learns: losses fall, and the metrics are those of the eager step', () => {
    const [mine, other] = [learn(recorded(), 40), learn(eagerStep(options()), 40)];
    expect(mine[39].loss).toBeLessThan(mine[0].loss / 3);
    expect(mine.map(({ metrics }) => metrics)).toEqual(other.map(({ metrics }) => metrics));
  });

  it('says the same loss, bit for bit, whether a step is done alone or several are done at once', () => {
    const penalised = planOf({
      input: [null, 2],
      layers: [
        dense('hidden', 16, 'sigmoid', { kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.003, l2: 0.007 } } }),
        { block: 'active', class_name: 'ActivityRegularization', config: { l1: 0.001, l2: 0.02 }, output_shape: [null, 16] },
        { block: 'sparse', class_name: 'KLSparsity', config: { rho: 0.1, weight: 0.03 }, output_shape: [null, 16] },
        dense('out', 3, 'softmax'),
      ],
      loss: { weight: 0.517 },
      trainer: { batch_size: 16 },
    }); // prettier-ignore
    const rows = batches(24, 16, 100);
    const [alone, together] = [0, 0].map(() => recorded({ together: 8 }, stepOptions(penalised, samples)));
    const several = [0, 8, 16].flatMap((from) => together.steps(rows.slice(from, from + 8)));
    expect(together.together).toEqual({ size: 16, steps: 8 });
    expect(several.map(({ loss }) => loss)).toEqual(rows.map((batch) => alone.step(batch).loss));
    expect(together.readState()).toEqual(alone.readState());
  });

  it('drops other units at every step, and the same ones when a step is done again', () => {
    const frozen = {
      ...plan.trainers[0],
      optimizer: optimizer('SGD', { learning_rate: 0 }),
      trainable: ['out'],
    };
    const still = recorded({}, stepOptions({ ...plan, trainers: [frozen] }, samples));
    const [rows] = batches(1, 16, 100);
    const mark = still.mark();
    const [first, second] = [still.step(rows).loss, still.step(rows).loss];
    expect(second).not.toBe(first);
    still.returnTo(mark);
    mark.release();
    expect(still.step(rows).loss).toBe(first);
  });

  it('gives the same losses bit for bit when it is recorded anew', () => {
    expect(learn(recorded(), 30)).toEqual(learn(recorded(), 30));
  });

  it('goes on from a state, its own or the eager one’s, as if it had never stopped', () => {
    const whole = recorded();
    const losses = learn(whole, 20);
    const cut = recorded();
    learn(cut, 10);
    const resumed = recorded();
    expect(resumed.writeState(cut.readState()).ok).toBe(true);
    expect(learn(resumed, 10, 10)).toEqual(losses.slice(10));
    expect(resumed.readState()).toEqual(whole.readState());

    const eager = eagerStep(options());
    expect(eager.writeState(cut.readState()).ok).toBe(true);
    expect([...eager.readState().tensors.keys()]).toEqual([...cut.readState().tensors.keys()]);
    learn(eager, 10, 10).forEach(({ loss }, i) => expect(loss).toBeCloseTo(losses[10 + i].loss, 4));
  });

  it('refuses the state of another network', () => {
    const other = planOf({
      input: [null, 2],
      layers: [dense('hidden', 5, 'relu'), dense('out', 3, 'softmax')],
    });
    const written = recorded().writeState(eagerStep(stepOptions(other, samples)).readState());
    expect(written.ok ? null : written.problem.code).toBe('run/other-network');
  });

  it('takes a batch of a size that it was not recorded for, and goes on', () => {
    const [once, twice] = [recorded({ sizes: [16, 7] }), recorded({ sizes: [16] })];
    const rows = [...batches(3, 16, 100), Int32Array.of(3, 1, 4, 15, 9, 2, 6), ...batches(3, 16, 100)];
    expect(rows.map((batch) => twice.step(batch))).toEqual(rows.map((batch) => once.step(batch)));
  });

  it('does a size of batch that TensorFlow refuses as the eager step does, says why, and goes on', () => {
    // Puts an operation into the graph that no library has.
    const spoil: Rule = (node, graph) =>
      node.op === 'Softmax' && node.outputs[0].shape[0] === 7
        ? graph.add('NoSuchOperation', [...node.inputs], {}, node.outputs)
        : null;
    const [spoiled, whole] = [recorded({ sizes: [16], rules: [spoil] }), recorded({ sizes: [16, 7] })];
    const odd = Int32Array.of(3, 1, 4, 15, 9, 2, 6);
    const rows = [...batches(3, 16, 100), odd, ...batches(3, 16, 100), odd];
    expect(spoiled.notRecorded).toBeNull();
    const [mine, other] = [spoiled, whole].map((step) => rows.map((batch) => step.step(batch).loss));
    mine.forEach((loss, i) => expect(loss).toBeCloseTo(other[i], 5));
    expect(spoiled.iteration).toBe(rows.length);
    expect(spoiled.kind).toBe('recorded');
    expect(spoiled.notRecorded).toMatchObject({
      code: 'step/session',
      message: expect.stringContaining('NoSuchOperation') as string,
    });
  });

  it('gives way at its first call where TensorFlow loads it and does not run it', () => {
    // A product of matrices that do not fit is found out when it is run.
    const spoil: Rule = (node, graph) => {
      if (node.op !== 'Softmax') return null;
      const shape = { dtype: DTYPE.int32, shape: [2] };
      const wrong = graph.add('ReadVariableOp', ['no_variable'], { dtype: typeOf(DTYPE.int32) }, [shape]);
      graph.insert({
        name: 'no_variable',
        op: 'VarHandleOp',
        inputs: [],
        outputs: [],
        attributes: { dtype: typeOf(DTYPE.int32), shape: shapeOf([2]), shared_name: text('no_variable') },
      });
      return graph.add(
        'Reshape',
        [...node.inputs, wrong],
        { T: typeOf(DTYPE.float32), Tshape: typeOf(DTYPE.int32) },
        node.outputs,
      );
    };
    const step = recorded({ sizes: [16], rules: [spoil] });
    const [rows] = batches(1, 16, 100);
    expect(step.step(rows).loss).toBeCloseTo(eagerStep(options()).step(rows).loss, 5);
    expect(step.notRecorded).toMatchObject({ code: 'step/refused' });
  });

  it('gives the same numbers whether the data live in the session or are fed', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * 37) % 256);
    const labels = { values: Int32Array.from({ length: 100 }, (_, i) => i % 3), shape: [] };
    const given = () =>
      stepOptions(
        { ...plan, trainers: [{ ...plan.trainers[0], class_weight: { 0: 2 } }] },
        samplesOf({ values: bytes, shape: [2], scale: 1 / 255 }, labels, { train: 100 }),
      );
    const stored = learn(recorded({}, given()), 10);
    expect(learn(recorded({ storedBytes: 0 }, given()), 10)).toEqual(stored);
    learn(eagerStep(given()), 10).forEach(({ loss }, i) => expect(stored[i].loss).toBeCloseTo(loss, 5));
  });

  it('puts its weights into the network when asked', () => {
    const given = options();
    const step = recorded({}, given);
    learn(step, 5);
    const before = given.network.readWeights();
    step.settle();
    const weights = given.network.readWeights();
    expect(weights).not.toEqual(before);
    for (const [key, value] of weights) expect(step.readState().tensors.get(key)).toEqual(value);
    learn(step, 3, 5);
    expect(given.network.readWeights()).toEqual(weights);
  });

  it('takes another learning rate from the next step on', () => {
    const step = recorded();
    step.askRate('train', 0);
    const still = step.readState().tensors.get('hidden/kernel');
    learn(step, 1);
    expect(step.readState().tensors.get('hidden/kernel')).toEqual(still);
    step.askRate('train', 0.01);
    learn(step, 1);
    expect(step.readState().tensors.get('hidden/kernel')).not.toEqual(still);
  });

  it('leaves all weights alone when the loss is not finite, and names what broke', () => {
    const values = new Float32Array(200).fill(0.5);
    values[150] = NaN;
    const broken = samplesOf(
      { values, shape: [2] },
      { values: new Int32Array(100), shape: [] },
      { train: 100 },
    );
    const step = recorded({}, stepOptions(plan, broken));
    const before = step.readState();
    const rows = Int32Array.from({ length: 16 }, (_, i) => 70 + i);
    expect(step.step(rows).loss).toBeNaN();
    expect(step.readState()).toEqual(before);
    expect(step.examine(rows)).toMatchObject({ block: 'input', tensor: 'input data' });
  });

  it('changes nothing while it is recorded', () => {
    const given = options();
    const before = given.network.readWeights();
    const step = recorded({}, given);
    expect(given.network.readWeights()).toEqual(before);
    expect(step.iteration).toBe(0);
  });

  it('keeps the number of tensors flat over 2,000 steps and frees everything at the end', () => {
    const binding = nativeBackend()?.binding;
    if (binding === undefined) throw new Error('the native backend is not in use');
    const given = options();
    // The network's first values reach TensorFlow when they are first used.
    recorded({}, given).dispose();
    const counts = () => [binding.getNumOfTensors(), binding.getNumOfSavedModels(), tf.memory().numTensors];
    const before = counts();
    const step = recorded({}, given);
    learn(step, 20);
    const early = counts();
    for (let i = 0; i < 20; i++) {
      learn(step, 100);
      const mark = step.mark();
      step.returnTo(mark);
      mark.release();
      step.readState();
      step.settle();
      expect(counts()).toEqual(early);
    }
    step.dispose();
    expect(counts()).toEqual(before);
  });

  it('is what a run takes, unless a person asks for the eager one', () => {
    for (const [wanted, kind] of [
      [undefined, 'recorded'],
      ['eager', 'eager'],
    ] as const) {
      const { step, eagerBecause } = chooseStep(options(), wanted);
      expect([step.kind, eagerBecause]).toEqual([kind, null]);
      step.dispose();
    }
  });

  it('gives way to the eager one with the reason where TensorFlow.js has another backend', async () => {
    await tf.setBackend('cpu');
    try {
      const { step, eagerBecause } = chooseStep(options());
      expect(step.kind).toBe('eager');
      expect(eagerBecause).toMatchObject({
        code: 'step/other-backend',
        message: expect.stringContaining('cpu') as string,
      });
      expect(step.step(Int32Array.of(0, 1, 2)).loss).toBeGreaterThan(0);
      step.dispose();
    } finally {
      await tf.setBackend('tensorflow');
    }
  });
});
