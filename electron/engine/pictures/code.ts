/** Draws what a code of two numbers means: the picture that is made of it everywhere, and where samples lie in it. */
import type { Pictures } from '../../../shared/protocol/pictures';
import { batchOf, neededFor } from '../step/objective';
import { gatherRows } from '../step/samples';
import { tf } from '../tensorflow';
import { outputOf, type Drawing } from './draw';
import { rangeOf, roomFor, sheetOf, type Range } from './sheet';
import type { SubjectOf } from './subject';

const MOST_ALONG_AN_AXIS = 9;
const MOST_POINTS = 400;

/** The middle of each cell, row by row from the least second number: [side · side, 2]. */
function gridOf(side: number, axes: readonly [Range, Range]): Float32Array {
  const middle = (at: number, [least, greatest]: Range) => least + ((at + 0.5) / side) * (greatest - least);
  return Float32Array.from({ length: 2 * side * side }, (_, i) => {
    const cell = i >> 1;
    return i % 2 === 0 ? middle(cell % side, axes[0]) : middle(Math.floor(cell / side), axes[1]);
  });
}

export function drawCode(drawing: Drawing, { picture, loss, code, after }: SubjectOf<'code'>): Pictures {
  const { plan, samples, classes } = drawing;
  const answers = samples.labels.get(loss.block);
  if (answers === undefined) throw new Error(`there are no labels of ${loss.block}`);
  const rows = drawing.rows.subarray(0, MOST_POINTS);
  const codes = outputOf(drawing, batchOf(samples, rows).inputs, code, {
    only: neededFor(plan, [code]),
    rows: rows.length,
  }).dataSync<'float32'>();
  const axes = [rangeOf(codes, 0, 2), rangeOf(codes, 1, 2)] as const;
  const side = Math.floor(Math.sqrt(roomFor(answers.shape, MOST_ALONG_AN_AXIS ** 2)));
  const grid = tf.tensor(gridOf(side, axes), [side * side, 2]);
  const output = outputOf(drawing, new Map([[code, grid]]), picture, { only: after, rows: side * side });
  const made = loss.predictionMeans === 'logits' ? tf.sigmoid(output) : output;
  return {
    of: 'code',
    block: code,
    axes: [[...axes[0]], [...axes[1]]],
    side,
    made: sheetOf(made.dataSync<'float32'>(), answers.shape, rangeOf(gatherRows(answers, rows))),
    points: Array.from(rows, (row, i) => ({
      x: codes[2 * i],
      y: codes[2 * i + 1],
      label: classes?.of[row] ?? 0,
      row,
    })),
    labels: classes ? [...classes.labels] : [''],
  };
}
