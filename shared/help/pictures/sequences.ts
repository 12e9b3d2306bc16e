/** Owns the pictures of layers that read sequences: a state that is handed on, and steps that look at steps. */
import { area, box, cells, line, words, type Drawing, type Mark } from '../drawing';

const STEPS = 4;

/** The same cell at every step. `directions`: one chain, or one from each end. */
export function recurrentPicture(directions: 1 | 2, everyStep: boolean): Drawing {
  const [gap, width] = [78, 44];
  const rows = directions === 1 ? [60] : [60, 104];
  const last = rows[rows.length - 1];
  const height = last + 76;
  const marks: Mark[] = [];
  for (let i = 0; i < STEPS; i++) {
    const x = 20 + i * gap;
    marks.push(words(x + width / 2, height - 8, `x${'₁₂₃₄'[i]}`), line(`M${x + width / 2} ${height - 22}V${last + 28}m-4 5l4 -5l4 5`));
    rows.forEach((y, row) => {
      marks.push(area(box(x, y, width, 28), 'quiet'), line(box(x, y, width, 28), 'strong'));
      const forward = row === 0;
      if (i < STEPS - 1) marks.push(line(`M${x + width} ${y + 14}h${gap - width}${forward ? 'm-5 -4l5 4l-5 4' : `m${width - gap + 5} -4l-5 4l5 4`}`, 'strong'));
    });
    if (everyStep || i === STEPS - 1) marks.push(line(`M${x + width / 2} 60V28m-4 5l4 -5l4 5`), words(x + width / 2, 18, `h${'₁₂₃₄'[i]}`));
  }
  const ends = directions === 2 ? 'One chain begins at the first step, one at the last.' : 'The state goes from step to step.';
  return {
    width: 20 + STEPS * gap,
    height,
    caption: `The same cell, with the same weights, at every step. ${ends} ${everyStep ? 'Every state is put out.' : directions === 2 ? 'The last state of each is put out, joined; with return_sequences every one.' : 'The last state is put out; with return_sequences every one.'}`,
    marks,
  };
} // prettier-ignore

/** How much each query looks at each key; later ones are hidden where it is causal. */
export function attentionPicture(isCausal: boolean): Drawing {
  const [n, cell, x, y] = [5, 24, 64, 24];
  const shares = Array.from({ length: n * n }, (_, i) => {
    const [query, key] = [Math.floor(i / n), i % n];
    return isCausal && key > query ? 0 : Math.exp(-Math.abs(query - ((key * 3 + 1) % n)) / 1.2);
  });
  return {
    width: 300,
    height: y + n * cell + 12,
    caption: 'Each query, a row, spreads a weight of 1 over the keys; the larger a square, the more of that value it takes.',
    marks: [
      words(x + (n * cell) / 2, 14, 'keys and values'),
      words(x - 8, y + (n * cell) / 2, 'queries', 'end'),
      line(cells(x, y, n, n, cell)),
      ...shares.map((share, i) => {
        const side = 20 * Math.sqrt(share);
        const [middleX, middleY] = [x + ((i % n) + 0.5) * cell, y + (Math.floor(i / n) + 0.5) * cell];
        return area(box(middleX - side / 2, middleY - side / 2, side, side));
      }),
    ],
  };
} // prettier-ignore
