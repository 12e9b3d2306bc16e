import { describe, expect, test } from 'vitest';
import { preparationState } from '../../shared/document/preparation';
import type { ReaderParams } from '../../electron/data/readers/reader';
import { readSource } from '../../electron/data/facts';
import { applyPreparation } from '../../electron/data/preparation/apply';
import { prepare } from '../../electron/data/preparation/prepare';
import { dataSetOf, pictures, source, step, use } from './made-data';
import { numbersIn, problemOf, temporaryFolder, valueOf, writeIn } from './made-files';

const folder = temporaryFolder();
let made = 0;
async function table(content: string, params: ReaderParams = {}) {
  const name = `rows-${made++}.csv`;
  writeIn(folder, name, content);
  return valueOf(await readSource('csv', { path: name, ...params }, { folder }));
}

const TRAINING =
  'size,colour,grade\n1,red,1\n2,blue,2\n3,red,1\n6,blue,2\n1,red,1\n2,blue,2\n3,red,1\n6,blue,2\n1,red,1\n6,blue,2\n';
const STEPS = [
  source(),
  step('Standardize', 'std', 'source'),
  step('OneHot', 'colours', 'std', { columns: ['colour'] }),
  step('OneHot', 'hot', 'colours'),
];
const USES = [use('hot', ['size', 'colour']), use('hot', ['grade'], false)];

async function trained(params: ReaderParams = {}, content = TRAINING) {
  const data = await table(content, params);
  return valueOf(prepare(new Map([['source', data]]), STEPS, USES));
}

describe('preparing other rows as the training rows were', () => {
  test('gives the training rows back unchanged', async () => {
    const { state, arrays } = await trained();
    const again = valueOf(
      applyPreparation(preparationState.parse(JSON.parse(JSON.stringify(state))), await table(TRAINING)),
    );
    expect(again.arrays).toEqual(arrays);
    expect(new Set(again.parts)).toEqual(new Set([2]));
  });

  test('measures nothing again and finds columns and classes by name', async () => {
    const { state } = await trained();
    const [standardize] = state.steps;
    if (standardize.type !== 'Standardize') throw new Error('Standardize comes first');
    const [{ mean, std }] = standardize.columns;
    // Other order of columns, a class fewer, the target in the middle.
    const rows = await table('colour,grade,size\nblue,2,10\nblue,2,20\n');
    const { arrays } = valueOf(applyPreparation(state, rows));
    const expected = [10, 20].flatMap((size) => [Math.fround((size - mean[0]) / std[0]), 1, 0]);
    numbersIn(arrays[0]).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
    expect(numbersIn(arrays[1])).toEqual([0, 1, 0, 1]);
  });

  test('adds a constant column to rows that have none, and refuses a name that is taken', async () => {
    const data = new Map([['source', await table(TRAINING)]]);
    const steps = [source(), step('ConstantColumn', 'fake', 'source', { name: 'fake', value: 0.1 })];
    const { state, arrays } = valueOf(
      prepare(data, steps, [use('fake', ['size']), use('fake', ['fake'], false)]),
    );
    const valuesOf = ({ values, scale, offset }: (typeof arrays)[number]) =>
      numbersIn({ values }).map((value) => value * scale + offset);
    expect(valuesOf(arrays[1])).toEqual(Array<number>(10).fill(0.1));
    const again = valueOf(applyPreparation(state, await table('colour,size,grade\nblue,10,2\nblue,20,1\n')));
    expect(valuesOf(again.arrays[0])).toEqual([10, 20]);
    expect(valuesOf(again.arrays[1])).toEqual([0.1, 0.1]);
    const taken = [source(), step('ConstantColumn', 'fake', 'source', { name: 'size', value: 0 })];
    expect(problemOf(prepare(data, taken, [use('fake', ['size'])])).message).toMatch(/column “size” already/);
  });

  test('does without the target where only inputs are asked for', async () => {
    const { state } = await trained();
    const rows = await table('size,colour\n4,red\n5,blue\n4,red\n');
    expect(problemOf(applyPreparation(state, rows)).message).toMatch(
      /rows-\d+\.csv lacks the column grade, which rows-\d+\.csv had/,
    );
    const { arrays, n } = valueOf(applyPreparation(state, rows, { inputsOnly: true }));
    expect([n, arrays.length]).toEqual([3, 1]);
    expect(arrays[0].shape).toEqual([3]);
  });

  test('names classes that the network does not know', async () => {
    const { state } = await trained();
    const rows = await table('size,colour,grade\n1,green,1\n2,green,2\n3,red,1\n4,red,2\n');
    const { code, message } = problemOf(applyPreparation(state, rows));
    expect(code).toBe('data/unknown-class');
    expect(message).toMatch(/column colour: “green” \(2 rows\) is not a class.*It knows blue, red\.$/);
  });

  test('fills empty cells as training did, and refuses them where training had none', async () => {
    const holes = await trained({ missing: 'mean' }, TRAINING.replace('3,red,1', ',red,1'));
    const rows = await table('size,colour,grade\n,red,1\n2,blue,2\n3,red,1\n', { missing: 'mean' });
    const filled = valueOf(applyPreparation(holes.state, rows));
    expect(numbersIn(filled.arrays[0])[0]).toBeCloseTo(0, 6);
    const { state } = await trained();
    expect(problemOf(applyPreparation(state, rows))).toMatchObject({
      code: 'data/missing',
      message: expect.stringContaining('row 1') as string,
    });
    const refused = await table('size,colour,grade\n,red,1\n2,blue,2\n3,red,1\n');
    expect(problemOf(applyPreparation(holes.state, refused)).message).toContain('line 2, column size');
  });

  test('refuses pictures of another size', () => {
    const small = dataSetOf([pictures('image', [2, 2, 1], [1, 2, 3, 4])], 1);
    const large = dataSetOf([pictures('image', [1, 4, 1], [1, 2, 3, 4])], 1);
    const { state } = valueOf(
      prepare(
        new Map([['source', small]]),
        [source(), step('Scale', 'scale', 'source')],
        [use('scale', ['image'])],
      ),
    );
    expect(valueOf(applyPreparation(state, small)).arrays[0].scale).toBe(1 / 255);
    expect(problemOf(applyPreparation(state, large)).message).toMatch(
      /image: each row holds 1 × 4 × 1, and the network was trained with 2 × 2 × 1/,
    );
  });

  test('takes numbers for classes and classes for numbers as training did', async () => {
    const { state } = await trained();
    // Too few rows for the reader to take 1 and 2 for classes.
    const few = await table('size,colour,grade\n1,red,1.0\n2,blue,2\n3,red,1\n');
    expect(few.columns[2].facts.classes).toBeUndefined();
    expect(numbersIn(valueOf(applyPreparation(state, few)).arrays[1])).toEqual([1, 0, 0, 1, 1, 0]);
    const regression = await table('x,y\n1,0.5\n2,1.5\n3,0.25\n');
    const numbers = valueOf(
      prepare(new Map([['source', regression]]), [source()], [use('source', ['y'], false)]),
    );
    const whole = await table('x,y\n1,1\n2,2\n3,1\n4,2\n');
    expect(whole.columns[1].facts.classes).toEqual(['1', '2']);
    expect(numbersIn(valueOf(applyPreparation(numbers.state, whole)).arrays[0])).toEqual([1, 2, 1, 2]);
  });
});
