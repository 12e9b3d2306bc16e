/** Owns the pictures of single values: units that are all joined, and values that are dropped. */
import { RandomStream } from '../../random/random';
import { area, arrow, box, cells, circle, line, words, type Drawing, type Mark } from '../drawing';

const INPUTS = 4;
const MOST = 6;

/** Every input leads to every output. */
export function densePicture(units: number): Drawing {
  const drawn = Math.min(units, MOST);
  const height = 28 * Math.max(INPUTS, drawn) + 12;
  const rows = (count: number) => Array.from({ length: count }, (_, i) => (height * (i + 0.5)) / count);
  const [from, to] = [rows(INPUTS), rows(drawn)];
  const marks: Mark[] = [
    ...from.flatMap((y) => to.map((end) => line(`M40 ${y}L200 ${end}`))),
    ...from.map((y) => line(`M40 ${y}L200 ${to[0]}`, 'strong')),
    ...[...from.map((y) => [40, y]), ...to.map((y) => [200, y])].map(([x, y]) =>
      area(circle(x, y, 7), 'quiet'),
    ),
    area(circle(200, to[0], 7)),
    ...(units > drawn ? [words(216, height / 2, `${drawn} of ${units}`, 'start')] : []),
  ];
  return {
    width: 300,
    height,
    caption:
      'Each output is joined to every input by a weight of its own; those of the first output are drawn strongly.',
    marks,
  };
}

const SIDE = 6;
const CELL = 18;

/** A share of the values becomes 0; `whole` where features (columns) go as one. */
export function droppingPicture(rate: number, whole: boolean): Drawing {
  const random = new RandomStream(4, 'help', 'dropping');
  const columns = Array.from({ length: SIDE }, () => random.uniform() < rate);
  const right = SIDE * CELL + 64;
  const dropped = Array.from({ length: SIDE * SIDE }, (_, i) =>
    whole ? columns[i % SIDE] : random.uniform() < rate,
  );
  const at = (x: number, i: number): [number, number] => [
    x + (i % SIDE) * CELL,
    8 + Math.floor(i / SIDE) * CELL,
  ];
  return {
    width: right + SIDE * CELL + 8,
    height: SIDE * CELL + 16,
    caption: `With a rate of ${rate} about ${Math.round(100 * rate)} % of ${whole ? 'the features' : 'the values'} are changed while training, others in each step; in evaluation none is.`,
    marks: [
      ...Array.from({ length: SIDE * SIDE }, (_, i) => area(box(...at(8, i), CELL, CELL), 'quiet')),
      ...dropped.map((isOff, i) => area(box(...at(right, i), CELL, CELL), isOff ? 'mark' : 'quiet')),
      ...dropped.flatMap((isOff, i) => {
        const [x, y] = at(right, i);
        return isOff ? [line(`M${x + 5} ${y + 5}l8 8m0 -8l-8 8`, 'strong')] : [];
      }),
      line(cells(8, 8, SIDE, SIDE, CELL)),
      line(cells(right, 8, SIDE, SIDE, CELL)),
      arrow(SIDE * CELL + 20, 8 + (SIDE * CELL) / 2, 32),
    ],
  };
}
