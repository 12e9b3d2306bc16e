/** Answers which samples have the largest loss, each with the picture that was made of it where there is one. */
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { LossSample, SamplesByLoss } from '../../../shared/protocol/evaluation';
import { ok, type Result } from '../../../shared/result';
import { rangeOf, sheetOf } from '../pictures/sheet';
import { comparesPictures } from '../pictures/subject';
import { gatherRows } from '../step/samples';
import type { OpenedRun } from './opened-run';
import { byScore, page } from './order';

export async function byLoss(
  opened: OpenedRun,
  request: InspectRequests['byLoss'],
): Promise<Result<SamplesByLoss>> {
  const { offset, limit } = request;
  const loss = opened.firstLoss();
  const answers = await opened.answersOf(loss, request);
  if (!answers.ok) return answers;
  const { own, rows, predictions } = answers.value;
  const { values, width, losses } = predictions;
  const wanted = own.samples.labels.get(loss.block);
  const chosen = page(byScore(losses), offset, limit);
  const range =
    wanted && comparesPictures(opened.plan, loss)
      ? rangeOf(
          gatherRows(
            wanted,
            Int32Array.from(chosen, (i) => rows[i]),
          ),
        )
      : null;
  const made = (i: number): Pick<LossSample, 'made'> =>
    wanted && range
      ? {
          made: {
            kind: 'picture',
            ...sheetOf(values.subarray(i * width, (i + 1) * width), wanted.shape, range),
          },
        }
      : {};
  return ok({
    n: rows.length,
    loss: loss.block,
    samples: chosen.map((i) => ({
      index: rows[i],
      view: own.view(rows[i]),
      loss: losses[i],
      ...made(i),
    })),
  });
}
