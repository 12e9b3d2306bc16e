/** Metrics of all predictions of a part beside scikit-learn's, and those counted while a network runs beside Keras'. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanLoss } from '../../shared/compiler/plan';
import {
  METRIC_DEFAULTS,
  METRIC_NAMES,
  measures,
  metricKind,
  type Average,
  type MetricName,
} from '../../shared/metrics/metric-kinds';
import { partMetrics, type PartAnswers } from '../../shared/metrics/part-metrics';
import { RandomStream } from '../../shared/random/random';
import { meansOf, trainerMetrics } from '../../electron/engine/losses/metrics';
import { tf } from '../../electron/engine/tensorflow';
import { hasNative, useNative } from '../engine/native';
import { dense, planOf } from '../engine/plans';
import { lacks, peerPython } from '../environment';

const ask = (code: string, input: unknown): unknown =>
  JSON.parse(
    execFileSync(peerPython ?? '', ['-c', code], {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: 2 ** 27,
      stdio: ['pipe', 'pipe', 'ignore'],
    }),
  );

type Kind = 'classes' | 'classes as one-hot' | 'yes or no' | 'questions' | 'numbers';
interface Drawn {
  kind: Kind;
  average: Average;
  answers: PartAnswers;
}

const LOSS: Record<Kind, Pick<PlanLoss, 'labels' | 'task' | 'predictionMeans'>> = {
  classes: { labels: 'index', task: 'classification', predictionMeans: 'probabilities' },
  'classes as one-hot': { labels: 'one-hot', task: 'classification', predictionMeans: 'logits' },
  'yes or no': { labels: 'binary', task: 'binary', predictionMeans: 'probabilities' },
  questions: { labels: 'binary', task: 'binary', predictionMeans: 'probabilities' },
  numbers: { labels: 'values', task: 'regression', predictionMeans: 'values' },
};

const N = 60;
function draw(kind: Kind, average: Average, seed: number): Drawn {
  const random = new RandomStream(seed, 'test', `${kind} ${average}`);
  const width = kind === 'yes or no' ? 1 : 4;
  const floats = (count: number, make: () => number) => Float32Array.from({ length: count }, make);
  // Rounded, so that equal scores occur.
  const rounded = () => Math.round(20 * random.uniform()) / 20;
  // A softmax makes equal what was not, or unequal, by its last digit.
  const exact = kind === 'numbers' || kind === 'classes as one-hot';
  const rows = floats(N * width, () => (exact ? random.normal() : rounded() + 0.01));
  const outputs =
    kind === 'classes'
      ? rows.map(
          (value, i) =>
            value / rows.subarray(i - (i % width), i - (i % width) + width).reduce((a, b) => a + b),
        )
      : kind === 'classes as one-hot'
        ? rows
        : rows.map((value) => Math.min(value, 0.99));
  const classes = Array.from({ length: N }, () => random.below(width));
  const labels =
    kind === 'classes'
      ? Float32Array.from(classes)
      : kind === 'classes as one-hot'
        ? floats(N * width, () => 0).map((_, i) => (classes[Math.floor(i / width)] === i % width ? 1 : 0))
        : kind === 'numbers'
          ? floats(N * width, () => random.normal())
          : floats(N * width, () => random.below(2));
  return {
    kind,
    average,
    answers: { loss: { ...LOSS[kind], columns: ['y'] }, outputs, width, labels, samples: N },
  };
}

const scikit = `
import sys, json, warnings, numpy as n
warnings.filterwarnings("ignore")
from sklearn import metrics as m
def figures(d):
    w, avg = d["width"], d["average"]
    out, y = n.array(d["outputs"], "float32").reshape(-1, w), n.array(d["labels"])
    if d["kind"] == "numbers":
        t = y.reshape(-1, w)
        ccc = [2 * n.cov(t[:, i], out[:, i], bias=True)[0, 1] / (t[:, i].var() + out[:, i].var() + (t[:, i].mean() - out[:, i].mean()) ** 2) for i in range(w)]
        return {"r2_score": m.r2_score(t, out), "pearson_correlation": n.mean([n.corrcoef(t[:, i], out[:, i])[0, 1] for i in range(w)]), "concordance_correlation": n.mean(ccc)}
    average = None if avg == "none" else "macro" if avg == "auto" else avg
    if d["kind"] == "questions":
        t, p, s, names = y.reshape(-1, w).astype(int), (out > 0.5).astype(int), out, range(w)
        onehot = t
    elif d["kind"] == "yes or no":
        t, p = y.astype(int), (out.ravel() > 0.5).astype(int)
        s, onehot, names = n.stack([1 - out.ravel(), out.ravel()], 1), n.stack([1 - t, t], 1), range(2)
    else:
        t = y.reshape(-1, w).argmax(1) if "one-hot" in d["kind"] else y.astype(int)
        s = n.exp(out) / n.exp(out).sum(1, keepdims=True) if "one-hot" in d["kind"] else out
        p, onehot, names = out.argmax(1), n.eye(w)[t], range(w)
    binary = d["kind"] == "yes or no" and avg == "auto"
    how = dict(average="binary") if binary else dict(average=average)
    if not binary and d["kind"] != "questions": how["labels"] = list(names)
    found = {
        "precision": m.precision_score(t, p, zero_division=n.nan, **how), "recall": m.recall_score(t, p, zero_division=n.nan, **how),
        "f1_score": m.f1_score(t, p, zero_division=n.nan, **how), "dice": m.f1_score(t, p, zero_division=n.nan, **how),
        "auc": m.roc_auc_score(t, s[:, 1]) if binary else m.roc_auc_score(onehot, s, average=average),
        "average_precision": m.average_precision_score(t, s[:, 1]) if binary else m.average_precision_score(onehot, s, average=average),
    }
    def at(y, s):
        p, r, _ = m.precision_recall_curve(y, s)
        fpr, tpr, _ = m.roc_curve(y, s, drop_intermediate=False)
        return {"precision_at_recall": p[r >= 0.6].max(), "recall_at_precision": r[p >= 0.6].max(),
            "sensitivity_at_specificity": tpr[1 - fpr >= 0.6].max(), "specificity_at_sensitivity": (1 - fpr)[tpr >= 0.6].max()}
    def counts(y, p):
        tn, fp, fn, tp = m.confusion_matrix(y, p, labels=[0, 1]).ravel()
        return {"true_positives": tp, "true_negatives": tn, "false_positives": fp, "false_negatives": fn}
    answered = p if d["kind"] == "questions" else n.eye(len(names))[p]
    each = [{**at(onehot[:, i], s[:, i]), **counts(onehot[:, i], answered[:, i])} for i in names]
    summed = ("true_positives", "true_negatives", "false_positives", "false_negatives")
    for name in each[0]:
        values = [e[name] for e in each]
        if avg == "none": found[name] = values
        elif binary: found[name] = values[1]
        elif name in summed: found[name] = sum(values)
        elif avg == "micro": found[name] = at(onehot.ravel(), s.ravel())[name]
        else: found[name] = n.average(values, weights=onehot.sum(0) if avg == "weighted" else None)
    found["fbeta_score"] = m.fbeta_score(t, p, beta=2, zero_division=n.nan, **how)
    perclass = avg == "none"
    if d["kind"] != "questions":
        found["balanced_accuracy"] = m.recall_score(t, p, average=None, labels=list(names)) if perclass else m.balanced_accuracy_score(t, p)
    found["mean_io_u"] = m.jaccard_score(t, p, average=None if perclass else "macro", **({} if d["kind"] == "questions" else {"labels": list(names)}))
    if perclass:
        return {f"{name}[{i}]": float(v) for name, values in found.items() for i, v in enumerate(values)}
    return {name: float(v) for name, v in found.items()}
print(json.dumps([figures(d) for d in json.load(sys.stdin)]))`;

const AVERAGED: Average[] = ['auto', 'macro', 'micro', 'weighted', 'none'];
const cases = [1, 2, 3].flatMap((seed) =>
  (Object.keys(LOSS) as Kind[]).flatMap((kind) => AVERAGED.map((average) => draw(kind, average, seed))),
);

describe.skipIf(lacks('Python with scikit-learn', peerPython !== null))('beside scikit-learn', () => {
  let theirs: Record<string, number>[] = [];
  beforeAll(() => {
    const input = cases.map(({ kind, average, answers: { outputs, width, labels } }) => ({
      kind, average, width, outputs: [...outputs], labels: [...labels],
    })); // prettier-ignore
    theirs = ask(scikit, input) as typeof theirs;
  }, 120_000);

  it.each(cases.map((drawn, i) => [drawn.kind, drawn.average, i] as const))(
    '%s, average %s (%i)',
    (_, average, i) => {
      const { answers } = cases[i];
      const ours = partMetrics(METRIC_NAMES.filter((name) => measures(name, answers.loss)), answers, { ...METRIC_DEFAULTS, average, beta: 2, at: 0.6 }); // prettier-ignore
      for (const [name, value] of Object.entries(theirs[i])) expect(ours[name], name).toBeCloseTo(value, 6);
      expect(Object.keys(theirs[i]).length).toBeGreaterThan(0);
    },
  );

  it('an area without one of the two kinds, or a constant target, is undefined', () => {
    const all = { ...draw('yes or no', 'auto', 1).answers, labels: new Float32Array(N).fill(1) };
    expect(partMetrics(['auc', 'precision'], all, METRIC_DEFAULTS)).toMatchObject({
      auc: null,
      precision: 1,
    });
    const flat = { ...draw('numbers', 'auto', 1).answers, labels: new Float32Array(N * 4).fill(2) };
    expect(partMetrics(['r2_score'], flat, METRIC_DEFAULTS)).toEqual({ r2_score: null });
  });
});

const keras = `
import os, sys, json
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras, numpy as n
def made(name):
    special = {"accuracy": None, "top_k_categorical_accuracy": lambda: keras.metrics.TopKCategoricalAccuracy(k=2), "kl_divergence": keras.metrics.KLDivergence,
        "logcosh": keras.metrics.LogCoshError, "psnr": None, "perplexity": None}
    if name in special: return special[name] and special[name]()
    return getattr(keras.metrics, "".join(w.capitalize() for w in name.split("_")))()
def figure(d, name):
    y, p = n.array(d["y"], "float32"), n.array(d["p"], "float32")
    if name == "accuracy":
        metric = keras.metrics.BinaryAccuracy() if d["binary"] else keras.metrics.CategoricalAccuracy()
    elif name == "psnr":
        return float(n.mean([keras.ops.psnr(a, b, max_val=1.0) for a, b in zip(y, p)]))
    elif name == "perplexity":
        return float(n.exp(figure(d, "categorical_crossentropy")))
    else:
        metric = made(name)
    for half in (slice(0, 5), slice(5, None)):
        metric.update_state(y[half], p[half])
    return float(metric.result())
print(json.dumps([{name: figure(d, name) for name in d["names"]} for d in json.load(sys.stdin)]))`;

describe.skipIf(
  lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null) || lacks('the native engine', hasNative),
)('beside Keras', () => {
  beforeAll(useNative);

  it('agree where they are counted batch by batch, with batches of different sizes', () => {
    const random = new RandomStream(2, 'test', 'batch metrics');
    const rows = (make: () => number[]) => Array.from({ length: 14 }, make);
    const softmax = () => {
      const values = Array.from({ length: 4 }, () => Math.exp(random.normal()));
      return values.map((value) => value / values.reduce((a, b) => a + b, 0));
    };
    const oneHot = () => {
      const at = random.below(4);
      return [0, 1, 2, 3].map((i) => (i === at ? 1 : 0));
    };
    const one = (make: () => number) => () => [make()];
    const asked = [
        { y: rows(oneHot), p: rows(softmax), loss: { ...LOSS['classes as one-hot'], predictionMeans: 'probabilities' } },
        { y: rows(one(() => random.below(2))), p: rows(one(() => random.uniform())), loss: LOSS['yes or no'] },
        { y: rows(() => [random.uniform(), random.uniform()]), p: rows(() => [random.uniform(), random.uniform()]), loss: LOSS.numbers },
      ].map(({ y, p, loss }) => {
        const only: MetricName[] = ['top_k_categorical_accuracy', 'perplexity', 'categorical_crossentropy', 'kl_divergence'];
        const names = METRIC_NAMES.filter(
          (name) =>
            metricKind(name).measured === 'batch' &&
            measures(name, loss as PlanLoss) &&
            (loss.task === 'classification' || !only.includes(name)),
        );
        return { y, p, loss: loss as PlanLoss, names, binary: loss.task === 'binary' };
      }); // prettier-ignore
    const theirs = ask(keras, asked) as Record<string, number>[];
    asked.forEach(({ y, p, loss, names }, i) => {
      const plan = planOf({
        input: [null, 1],
        layers: [dense('a', 1, 'linear')],
        loss,
        trainer: { metrics: names, metric_options: { ...METRIC_DEFAULTS, top_k: 2 } },
      });
      const metrics = trainerMetrics(plan.trainers[0], plan.losses);
      const sums: Record<string, number> = {};
      for (const [from, to] of [[0, 5], [5, 14]])
          for (const { name, sum } of metrics)
            sums[name] = (sums[name] ?? 0) + tf.tidy(() => sum(tf.tensor2d(p.slice(from, to)), tf.tensor2d(y.slice(from, to)), tf.scalar(0)).dataSync()[0]); // prettier-ignore
      const ours = meansOf(metrics, sums, 14);
      expect(Object.keys(ours)).toEqual(names);
      for (const [name, value] of Object.entries(theirs[i]))
        expect(ours[name] / value, `${name} ${ours[name]} ${value}`).toBeCloseTo(1, 4);
    });
  }, 120_000);
});
