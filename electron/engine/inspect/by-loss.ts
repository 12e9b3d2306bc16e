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
  const { part, epoch = 'kept', offset, limit } = request;
  const loss = opened.firstLoss;
  const own = await opened.samples();
  if (!own.ok) return own;
  const rows = own.value.rowsOf(part);
  if (!rows.ok) return rows;
  const predictions = await opened.predictions(loss, part, rows.value, epoch);
  if (!predictions.ok) return predictions;
  const { values, width, losses } = predictions.value;
  const answers = own.value.samples.labels.get(loss.block);
  const chosen = page(byScore(losses), offset, limit);
  const range =
    answers && comparesPictures(opened.plan, loss)
      ? rangeOf(
          gatherRows(
            answers,
            Int32Array.from(chosen, (i) => rows.value[i]),
          ),
        )
      : null;
  const made = (i: number): Pick<LossSample, 'made'> =>
    answers && range
      ? {
          made: {
            kind: 'picture',
            ...sheetOf(values.subarray(i * width, (i + 1) * width), answers.shape, range),
          },
        }
      : {};
  return ok({
    n: rows.value.length,
    loss: loss.block,
    samples: chosen.map((i) => ({
      index: rows.value[i],
      view: own.value.view(rows.value[i]),
      loss: losses[i],
      ...made(i),
    })),
  });
}
