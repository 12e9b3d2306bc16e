import { beforeAll, describe, expect, it } from 'vitest';
import { inMemory } from '../../../electron/data/values';
import { asFunction } from '../../../electron/engine/step/recorded/as-function';
import { DTYPE, Graph, typeOf, type TensorSpec } from '../../../electron/engine/step/recorded/graph';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import type { TrainingStep } from '../../../electron/engine/step/step';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf } from '../plans';
import { batches, optimizer, stepOptions } from './recorded-cases';

const spec: TensorSpec = { dtype: DTYPE.float32, shape: [2] };
const T = { T: typeOf(DTYPE.float32) };

/** A chain of `length` operations that starts at a placeholder with `first`. */
function chain(length: number, op = 'Tanh', first = op) {
  const graph = new Graph('test');
  let last = graph.placeholder('x', spec);
  for (let i = 0; i < length; i++) last = graph.add(i === 0 ? first : op, [last], T, [spec]);
  return { graph, call: { feeds: ['x'], scalars: last } };
}

describe('a step of many operations', () => {
  it('is called as one function of its graph', () => {
    const { graph, call } = chain(10);
    const { scalars } = asFunction(graph, call, 10);
    expect(graph.find(scalars)?.op).toBe('StatefulPartitionedCall');
    expect(graph.functions[0].nodes).toHaveLength(10);
  });

  it('is short for longer where it has a convolution, around which TensorFlow merges operations', () => {
    const isFunction = (length: number, first: string): boolean => {
      const { graph, call } = chain(length, 'Tanh', first);
      return asFunction(graph, call) !== call;
    };
    expect([1_400, 1_700].map((length) => isFunction(length, 'Tanh'))).toEqual([false, true]);
    expect([1_700, 2_200].map((length) => isFunction(length, 'Conv2D'))).toEqual([false, true]);
  });

  it('stays as it is where it is short, or holds an operation whose outputs have no known name', () => {
    const [short, unknown] = [chain(8), chain(10, 'NoSuchOperation')];
    for (const { graph, call } of [short, unknown]) {
      expect(asFunction(graph, call, 10)).toBe(call);
      expect(graph.functions).toEqual([]);
    }
  });
});

describe.skipIf(lacks('the native engine', hasNative))('a recorded step that is called as a function', () => {
  beforeAll(useNative);

  const plan = planOf({
    input: [null, 2],
    layers: [
      dense('hidden', 16, 'relu'),
      { block: 'drop', class_name: 'Dropout', config: { rate: 0.3 }, output_shape: [null, 16] },
      { block: 'norm', class_name: 'BatchNormalization', output_shape: [null, 16] },
      dense('out', 3, 'softmax'),
    ],
    trainer: { batch_size: 16, optimizer: optimizer('Adam', { learning_rate: 0.01 }) },
  });

  function steps(values: ReturnType<typeof blobs>): [asFunction: TrainingStep, asGraph: TrainingStep] {
    const one = (functionFrom: number): TrainingStep => {
      const step = recordedStep({ ...stepOptions(plan, values), functionFrom, together: 4 });
      if (!step.ok) throw new Error(step.problem.message);
      return step.value;
    };
    return [one(1), one(Infinity)];
  }

  it('learns what it would learn otherwise, one step or several at a time', () => {
    const [mine, other] = steps(blobs({ train: 100 }));
    const rows = batches(24, 16, 100);
    const losses = (step: TrainingStep): number[] => [
      ...rows.slice(0, 16).map((batch) => step.step(batch).loss),
      ...[16, 20].flatMap((from) => step.steps(rows.slice(from, from + 4)).map(({ loss }) => loss)),
    ];
    const [found, expected] = [losses(mine), losses(other)];
    found.forEach((loss, i) => expect(loss).toBeCloseTo(expected[i], 5));
  });

  it('leaves all weights alone when the loss is not finite', () => {
    const broken = blobs({ train: 100 });
    const input = broken.inputs.get('input');
    if (input !== undefined) inMemory(input.values).fill(NaN, 0, 2);
    const [step] = steps(broken);
    const before = step.readState();
    expect(step.step(Int32Array.from({ length: 16 }, (_, i) => i)).loss).toBeNaN();
    expect(step.readState()).toEqual(before);
    step.step(Int32Array.from({ length: 16 }, (_, i) => i + 16));
    expect(step.readState()).not.toEqual(before);
  });
});
