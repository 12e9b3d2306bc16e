/** Answers which samples lie in a cell of the confusion matrix, as they looked in their source. */
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { Cell } from '../../../shared/protocol/evaluation';
import { fail, ok, type Result } from '../../../shared/result';
import { classify, severalAnswers, type Classified } from './classified';
import type { OpenedRun } from './opened-run';
import { byScore, page } from './order';

type Request = InspectRequests['cell'];

function isInCell(
  { truth, predicted }: Classified,
  { trueClass, predictedClass, mistakesOnly }: Request,
  i: number,
): boolean {
  if (trueClass !== null && truth[i] !== trueClass) return false;
  if (predictedClass !== null && predicted[i] !== predictedClass) return false;
  return !(mistakesOnly && truth[i] === predicted[i]);
}

/** The larger, the earlier it is shown. */
function scoreOf(
  { labels, predicted, probabilities, losses }: Classified,
  order: Request['order'],
  i: number,
): number {
  const probability = probabilities[i * labels.length + predicted[i]];
  switch (order) {
    case 'confident':
      return probability;
    case 'doubtful':
      return -probability;
    case 'loss':
      return losses[i];
    case 'row':
      return -i;
  }
}

export async function cell(opened: OpenedRun, request: Request): Promise<Result<Cell>> {
  const { order, offset, limit } = request;
  const loss = opened.lossOf(['classification', 'binary']);
  if (loss === null)
    return opened.withoutAnswers(
      'run/no-classes',
      'This network predicts numbers, so there is no confusion matrix. Look at predicted against actual instead.',
    );
  const answers = await opened.answersOf(loss, request);
  if (!answers.ok) return answers;
  const { own, rows, predictions } = answers.value;
  const classified = classify(loss, own.samples, rows, predictions);
  if (classified === null) return fail('run/no-classes', severalAnswers(loss));

  const inCell = Array.from(rows.keys()).filter((i) => isInCell(classified, request, i));
  const sorted = byScore(inCell.map((i) => scoreOf(classified, order, i)));
  const width = classified.labels.length;
  const samples = page(sorted, offset, limit).map((place) => {
    const i = inCell[place];
    return {
      index: rows[i],
      view: own.view(rows[i]),
      trueClass: classified.truth[i],
      predictedClass: classified.predicted[i],
      probabilities: Array.from(classified.probabilities.subarray(i * width, (i + 1) * width)),
      loss: classified.losses[i],
    };
  });
  return ok({ total: inCell.length, labels: [...classified.labels], samples });
}
