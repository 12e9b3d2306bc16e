/**
 * Three sets of other kinds than those of the other comparisons: numbers, three classes of very different size, several
 * answers at once. Keras learns for 20 steps from the same weights and batches, scikit-learn judges the predictions.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/compiler/plan';
import type { Json } from '../../shared/document/document';
import { RUN_FILES, predictionsFile } from '../../shared/protocol/run';
import { RandomStream } from '../../shared/random/random';
import { readNpy } from '../../electron/engine/files/npy';
import { recordedStep } from '../../electron/engine/step/recorded/record-step';
import { gatherRows, type Samples } from '../../electron/engine/step/samples';
import { lacks, peerPython } from '../environment';
import { hasNative, useNative } from '../engine/native';
import { dense, planOf, samplesOf } from '../engine/plans';
import { removeFolders, reportOf, trainRun } from '../engine/runs';
import { optimizer, stepOptions } from '../engine/step/recorded-cases';

const PARTS = { train: 160, validation: 40, test: 60 };
const N = PARTS.train + PARTS.validation + PARTS.test;
const [STEPS, BATCH] = [20, 8];

interface Set {
  name: string;
  plan: Plan;
  samples: Samples;
}

const random = new RandomStream(11, 'test', 'own sets');
const inputs = Float32Array.from({ length: 4 * N }, () => random.normal());
const at = (row: number, place: number): number => inputs[4 * row + place];
const made = <A extends Float32Array | Int32Array>(values: A, shape: number[]): Samples =>
  samplesOf({ values: inputs, shape: [4] }, { values, shape }, PARTS);

const hill: Set = {
  name: 'a number of four others',
  plan: planOf({
    input: [null, 4],
    layers: [dense('a', 12, 'tanh'), dense('b', 6, 'relu'), dense('out', 1, 'linear')],
    loss: { class_name: 'MeanSquaredError', labels: 'values', task: 'regression', predictionMeans: 'values' },
    trainer: {
      batch_size: BATCH,
      optimizer: optimizer('Adam', { learning_rate: 0.01 }),
      metrics: ['mean_absolute_error', 'root_mean_squared_error', 'r2_score'],
    },
  }),
  samples: made(
    Float32Array.from({ length: N }, (_, i) => 3 * at(i, 0) - at(i, 1) * at(i, 2) + 0.3 * random.normal()),
    [1],
  ),
};

/** Fifteen of twenty are common, one is rare. */
const kind = (row: number): number => (row % 20 < 15 ? 0 : row % 20 < 19 ? 1 : 2);
const rare: Set = {
  name: 'three classes, one of them rare',
  plan: planOf({
    input: [null, 4],
    layers: [dense('a', 9, 'relu'), dense('out', 3, 'softmax')],
    trainer: {
      batch_size: BATCH,
      class_weight: 'balanced',
      optimizer: optimizer('RMSprop', { learning_rate: 0.01 }),
      metrics: ['accuracy', 'precision', 'recall', 'f1_score'],
      metric_options: { top_k: 2, average: 'macro', max_val: 1, beta: 1, at: 0.5 },
    },
  }),
  samples: made(
    Int32Array.from({ length: N }, (_, i) => kind(i)),
    [],
  ),
};

const tags: Set = {
  name: 'four answers at once',
  plan: planOf({
    input: [null, 4],
    layers: [dense('a', 10, 'gelu'), dense('out', 4, 'sigmoid')],
    loss: { class_name: 'BinaryCrossentropy', labels: 'binary', task: 'binary' },
    trainer: {
      batch_size: BATCH,
      optimizer: optimizer('SGD', { learning_rate: 0.1, momentum: 0.9, nesterov: true }),
      metrics: ['accuracy'],
    },
  }),
  samples: made(
    Float32Array.from({ length: 4 * N }, (_, i) =>
      at(Math.floor(i / 4), i % 4) + at(Math.floor(i / 4), (i + 1) % 4) > 0.2 ? 1 : 0,
    ),
    [4],
  ),
};
const sets = [hill, rare, tags];

const judge = `
import sys, json, numpy as np
from sklearn import metrics as m
y, p, task = (lambda d: (np.array(d["y"]), np.array(d["p"]), d["task"]))(json.load(sys.stdin))
if task == "regression":
  found = {"mean_absolute_error": m.mean_absolute_error(y, p), "root_mean_squared_error": m.mean_squared_error(y, p) ** 0.5, "r2_score": m.r2_score(y, p)}
elif task == "binary":
  found = {"accuracy": float((y == (p > 0.5)).mean())}
else:
  y, best = y.ravel(), p.argmax(1)
  found = {"accuracy": m.accuracy_score(y, best), "precision": m.precision_score(y, best, average="macro", zero_division=0), "recall": m.recall_score(y, best, average="macro"), "f1_score": m.f1_score(y, best, average="macro")}
print(json.dumps(found))`;

const ask = <A>(script: readonly string[], given: unknown): A =>
  JSON.parse(
    execFileSync(peerPython ?? '', [...script], {
      input: JSON.stringify(given),
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 2 ** 26,
    }),
  ) as A;

/** [rows, width] as lists. */
const listed = (values: ArrayLike<number>, rows: number): number[][] =>
  Array.from({ length: rows }, (_, i) =>
    Array.from({ length: values.length / rows }, (__, j) => values[(i * values.length) / rows + j]),
  );

const batchesOf = () =>
  Array.from({ length: STEPS }, (_, i) => Int32Array.from({ length: BATCH }, (__, j) => i * BATCH + j));

function labelsOf({ samples }: Set, rows: Int32Array): Json {
  const labels = samples.labels.get('loss');
  if (!labels) throw new Error('no labels');
  const values = gatherRows(labels, rows);
  return labels.shape.length === 0 ? [...values] : listed(values, rows.length);
}

describe.skipIf(
  lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null) || lacks('the native engine', hasNative),
)('sets of our own making', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('are learned as Keras learns them: the same losses over 20 steps, to 1e-4', () => {
    const mine = new Map<string, number[]>();
    const asked = sets.map((set) => {
      const options = stepOptions(set.plan, set.samples);
      const weights = Object.fromEntries(
        [...options.network.readWeights()].map(([key, { values }]) => [key, [...values]]),
      );
      const recorded = recordedStep(options);
      if (!recorded.ok) throw new Error(recorded.problem.message);
      mine.set(
        set.name,
        batchesOf().map((rows) => recorded.value.step(rows).loss),
      );
      const counts = options.sampleWeights.get('loss');
      const batches = batchesOf().map((rows) => ({
        x: listed(inputs.subarray(4 * rows[0], 4 * (rows[0] + BATCH)), BATCH),
        y: [labelsOf(set, rows)],
        ...(counts ? { w: [...rows].map((row) => counts[row]) } : {}),
      }));
      recorded.value.dispose();
      return { name: set.name, plan: set.plan, weights, batches };
    });
    const theirs = ask<Record<string, { problem?: string; losses: number[] }>>(
      [path.join(import.meta.dirname, 'keras_steps.py')],
      asked,
    );
    const table = sets.map(({ name }) => {
      const { problem, losses = [] } = theirs[name];
      expect(problem).toBeUndefined();
      expect(losses).toHaveLength(STEPS);
      const difference = Math.max(
        ...(mine.get(name) ?? []).map((loss, i) => Math.abs(loss - losses[i]) / Math.abs(losses[i])),
      );
      return { name, difference };
    });
    console.log(table.map(({ name, difference }) => `${name}: ${difference.toExponential(1)}`).join('\n'));
    expect(table.filter(({ difference }) => !(difference <= 1e-4))).toEqual([]);
  }, 300_000);

  it.each(sets.map((set): [string, Set] => [set.name, set]))(
    'are judged as scikit-learn judges the predictions that were written down: %s',
    async (_, set) => {
      const run = await trainRun({ plan: set.plan, samples: set.samples, seed: 2 });
      const file = path.join(run.folder, RUN_FILES.predictions, predictionsFile('test', 'kept'));
      const predictions = readNpy(file);
      if (!predictions.ok) throw new Error(predictions.problem.message);
      const theirs = ask<Record<string, number>>(['-c', judge], {
        task: set.plan.losses[0].task,
        y: labelsOf(set, set.samples.parts.test),
        p: listed(predictions.value.values, PARTS.test),
      });
      const ours: Partial<Record<string, number | null>> = reportOf(run).metrics.test ?? {};
      for (const [name, value] of Object.entries(theirs))
        expect([name, Math.abs(Number(ours[name]) - value) <= 1e-6 * Math.max(1, Math.abs(value))]).toEqual([
          name,
          true,
        ]);
      expect(Object.keys(theirs).filter((name) => !(name in ours))).toEqual([]);
    },
    120_000,
  );
});
