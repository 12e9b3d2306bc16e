/** Metrics beside scikit-learn's, on random answers. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { accuracy, classScores, confusionMatrix } from '../../shared/metrics/confusion';
import { meanAbsoluteError, meanSquaredError, r2 } from '../../shared/metrics/regression';
import { RandomStream } from '../../shared/random/random';
import { lacks, peerPython } from '../environment';

const code = `
import sys, json, numpy as n
from sklearn import metrics as m
d = json.load(sys.stdin)
p, r, f, s = m.precision_recall_fscore_support(d["true"], d["predicted"], labels=range(d["k"]), zero_division=n.nan)
nan = lambda a: [None if n.isnan(x) else float(x) for x in a]
print(json.dumps({
  "confusion": m.confusion_matrix(d["true"], d["predicted"], labels=range(d["k"])).tolist(),
  "accuracy": m.accuracy_score(d["true"], d["predicted"]),
  "precision": nan(p), "recall": nan(r), "f1": nan(f), "support": s.tolist(),
  "mae": m.mean_absolute_error(d["x"], d["y"]), "mse": m.mean_squared_error(d["x"], d["y"]), "r2": m.r2_score(d["x"], d["y"]),
}))`;

interface Answer {
  confusion: number[][];
  accuracy: number;
  precision: (number | null)[];
  recall: (number | null)[];
  f1: (number | null)[];
  support: number[];
  mae: number;
  mse: number;
  r2: number;
}

describe.skipIf(lacks('Python with scikit-learn', peerPython !== null))('metrics beside scikit-learn', () => {
  it.each([1, 2, 3, 4, 5])('agree on random answers, seed %i', (seed) => {
    const random = new RandomStream(seed, 'test', 'metrics');
    const k = 2 + seed;
    const n = 40;
    const draw = (make: () => number) => Array.from({ length: n }, make);
    const labels = Array.from({ length: k }, (_, i) => String(i));
    // The last class is sometimes never true or never predicted, so that undefined shares occur.
    const trueClasses = draw(() => random.below(seed % 2 === 0 ? k - 1 : k));
    const predicted = draw(() => random.below(k - 1));
    const [x, y] = [draw(() => random.normal()), draw(() => random.normal())];

    const input = JSON.stringify({ true: trueClasses, predicted, k, x, y });
    const peer = JSON.parse(
      execFileSync(peerPython ?? '', ['-c', code], { input, encoding: 'utf8' }),
    ) as Answer;

    const confusion = confusionMatrix(trueClasses, predicted, labels);
    const scores = classScores(confusion);
    const equal = (ours: (number | null)[], theirs: (number | null)[]) =>
      ours.forEach((value, i) =>
        theirs[i] === null ? expect(value).toBeNull() : expect(value).toBeCloseTo(theirs[i], 12),
      );
    expect(confusion.counts).toEqual(peer.confusion);
    expect(accuracy(confusion)).toBeCloseTo(peer.accuracy, 12);
    equal(
      scores.map((score) => score.precision),
      peer.precision,
    );
    equal(
      scores.map((score) => score.recall),
      peer.recall,
    );
    equal(
      scores.map((score) => score.f1),
      peer.f1,
    );
    expect(scores.map((score) => score.support)).toEqual(peer.support);
    expect(meanAbsoluteError(x, y)).toBeCloseTo(peer.mae, 10);
    expect(meanSquaredError(x, y)).toBeCloseTo(peer.mse, 10);
    expect(r2(x, y)).toBeCloseTo(peer.r2, 10);
  });
});
