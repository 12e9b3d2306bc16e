/** Answers how predicted numbers stand against actual ones, the worst rows with their data. */
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { Regression, RegressionPoint } from '../../../shared/protocol/evaluation';
import { ok, type Result } from '../../../shared/result';
import { hasSeveralAnswers, severalAnswers } from './classified';
import type { OpenedRun } from './opened-run';
import { byScore, evenly, page } from './order';
import { regress } from './regressed';

/** More points than this only make a plot slow. */
const MOST_POINTS = 5000;

/** Classes have a confusion matrix where each sample has one; a map of classes, or several yes and no, has none. */
async function withoutNumbers(opened: OpenedRun): Promise<Result<never>> {
  const loss = opened.lossOf(['classification', 'binary']);
  const own = loss === null ? null : await opened.samples();
  if (own !== null && !own.ok) return own;
  const several = loss !== null && own !== null && hasSeveralAnswers(loss, own.value.samples);
  return opened.withoutAnswers(
    'run/no-numbers',
    several ? severalAnswers(loss) : 'This network predicts classes. Look at its confusion matrix instead.',
  );
}

export async function regression(
  opened: OpenedRun,
  request: InspectRequests['regression'],
): Promise<Result<Regression>> {
  const { offset, limit } = request;
  const loss = opened.lossOf(['regression']);
  if (loss === null) return withoutNumbers(opened);
  const answers = await opened.answersOf(loss, request);
  if (!answers.ok) return answers;
  const { own, rows, predictions } = answers.value;
  const { actual, predicted } = regress(loss, own.samples, rows, predictions);
  const point = (i: number): RegressionPoint => ({
    index: rows[i],
    actual: actual[i],
    predicted: predicted[i],
  });
  const errors = actual.map((value, i) => Math.abs(predicted[i] - value));
  return ok({
    n: rows.length,
    target: loss.columns[0],
    points: Array.from(evenly(rows.length, MOST_POINTS), point),
    worst: page(byScore(errors), offset, limit).map((i) => ({
      ...point(i),
      view: own.view(rows[i]),
      error: predicted[i] - actual[i],
    })),
  });
}
