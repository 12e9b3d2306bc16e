/**
 * Real Keras 3 trains the same plans from the same weights on the same batches; losses, weights and predictions must agree.
 * The environment is test/peers/requirements.txt.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../shared/document/document';
import { weightKey, type Plan } from '../../shared/compiler/plan';
import type { Samples } from '../../electron/engine/step/samples';
import { lacks, peerPython } from '../environment';
import { hasNative, useNative } from '../engine/native';
import { blockTable, type Differences } from './block-table';
import { everyCase } from './cases/every-case';
import { HELD_ELSEWHERE } from './held-elsewhere';
import { BATCH, STEPS, sizeOf, type Answer, type Case } from './parity';
import { trainCase } from './train-case';

/** `AXONRY_PEER_CASES=LSTM` compares the cases whose name holds it, for work on a few. */
const wanted = process.env.AXONRY_PEER_CASES ?? '';
const cases = everyCase.filter(({ name }) => name.includes(wanted));

function nested(values: ArrayLike<number>, shape: readonly number[]): Json {
  if (shape.length === 0) return values[0];
  const size = values.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) =>
    nested(Array.prototype.slice.call(values, i * size, (i + 1) * size), shape.slice(1)),
  );
}

const batches = ({ plan, samples, weighted }: Case): Json =>
  Array.from({ length: STEPS }, (_, i) => {
    const cut = (from: Samples['inputs'], block: string): Json => {
      const array = from.get(block);
      if (array === undefined) throw new Error(block);
      const size = sizeOf(array.shape);
      return nested(array.values.subarray(i * BATCH * size, (i + 1) * BATCH * size), [BATCH, ...array.shape]);
    };
    const column = samples.weights && { w: cut(samples.weights, 'loss') };
    const weights = weighted && { w: [...weighted.subarray(i * BATCH, (i + 1) * BATCH)] };
    return {
      x: cut(samples.inputs, 'input'),
      y: plan.losses.map(({ block }) => cut(samples.labels, block)),
      ...weights,
      ...column,
    };
  });

/** Difference by the size of the values, of which the largest of each array stands for all. */
function relativeDifference(a: readonly number[], b: readonly number[]): number {
  const scale = Math.max(1e-3, ...b.map(Math.abs));
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]))) / scale;
}

/** The largest gradient of the network stands for all: where one is next to nothing, rounding is all that it has. */
function gradientDifference(
  mine: Readonly<Record<string, readonly number[]>>,
  keras: Readonly<Record<string, readonly number[]>>,
): number {
  const keys = Object.keys(keras);
  expect(Object.keys(mine).sort()).toEqual([...keys].sort());
  return relativeDifference(
    keys.flatMap((key) => mine[key]),
    keys.flatMap((key) => keras[key]),
  );
}

describe.skipIf(
  lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null) || lacks('the native engine', hasNative),
)('Keras 3 and this engine', () => {
  let theirs: Record<string, Answer> = {};
  const own = new Map<string, ReturnType<typeof trainCase>>();
  const table: string[] = [];
  const compared: { plan: Plan; differences: Differences }[] = [];

  beforeAll(async () => {
    await useNative();
    for (const each of cases) own.set(each.name, trainCase(each));
    const asked = cases.map((each) => ({
      name: each.name,
      plan: each.plan,
      weights: own.get(each.name)?.weights,
      batches: batches(each),
    }));
    const script = path.join(import.meta.dirname, 'keras_steps.py');
    const answered = execFileSync(peerPython ?? '', [script], {
      input: JSON.stringify(asked),
      maxBuffer: 2 ** 28,
      stdio: 'pipe',
    });
    theirs = JSON.parse(answered.toString()) as Record<string, Answer>;
  }, 600_000);

  it.each(cases.map(({ name }) => [name]))('%s', (name) => {
    const mine = own.get(name)?.answer;
    const keras = theirs[name];
    if (mine === undefined) throw new Error(name);
    expect(keras.problem).toBeUndefined();
    expect(Object.keys(mine.weights).sort()).toEqual(Object.keys(keras.weights).sort());
    const { plan } = cases.find((each) => each.name === name) as Case;
    for (const { block, output_shape, weights } of plan.layers) {
      expect(keras.shapes[block], block).toEqual(output_shape);
      for (const weight of weights)
        expect(keras.weight_shapes[weightKey(block, weight.name)], weight.name).toEqual(weight.shape);
      if (weights.length > 0)
        expect(Object.keys(keras.weights).filter((key) => key.startsWith(`${block}/`))).toHaveLength(
          weights.length,
        );
    }
    const differences = {
      losses: relativeDifference(
        [...mine.losses, ...mine.parts.flat()],
        [...keras.losses, ...keras.parts.flat()],
      ),
      weights: Math.max(
        ...Object.keys(keras.weights).map((key) => relativeDifference(mine.weights[key], keras.weights[key])),
      ),
      predictions: relativeDifference(mine.predictions, keras.predictions),
      forward: relativeDifference(mine.forward, keras.forward),
      gradient: gradientDifference(mine.gradients, keras.gradients),
    };
    const loss = relativeDifference(mine.losses.slice(0, 1), keras.losses.slice(0, 1));
    const { forward, gradient, weights: update } = differences;
    compared.push({ plan, differences: { loss, forward, gradient, update } });
    table.push(
      `${Object.values(differences)
        .map((value) => value.toExponential(1))
        .join('  ')}  ${name}`,
    );
    for (const difference of Object.values(differences)) expect(difference).toBeLessThan(1e-4);
  });

  it.skipIf(wanted !== '')('leaves out no layer, loss or optimizer of the catalogue', () => {
    const { lines, missing } = blockTable(compared);
    console.log(lines.join('\n'));
    expect(missing).toEqual([]);
  });

  it('what Keras is not asked has a test that names it', () => {
    for (const [type, { test }] of Object.entries(HELD_ELSEWHERE))
      expect(readFileSync(path.join(import.meta.dirname, '../..', test), 'utf8'), test).toContain(type);
  });

  it('prints the largest relative differences', () => {
    expect(table).toHaveLength(cases.length);
    console.log(
      ['losses   weights  predictions after 3 steps, first prediction, first gradient', ...table].join('\n'),
    );
  });
});
