/** The figures of one column have the same number of digits after the point. */
import { expect, it } from 'vitest';
import { columnText } from '../../../renderer/training/column-text';

it.each([
  ['loss', [0.4, 0.39661, 1.25], ['0.4000', '0.3966', '1.2500']],
  ['loss', [949_000.4, 812.6, null], ['9.49e+5', '813', 'undefined']],
  ['accuracy', [0.95, 0.95634, undefined], ['95.00\u2009%', '95.63\u2009%', '–']],
] as const)('%s: %j', (name, figures, texts) => {
  expect(figures.map(columnText(name, figures))).toEqual(texts);
});
