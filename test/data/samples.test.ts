import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleView } from '../../shared/protocol/samples';
import { numberColumn, textColumn } from '../../electron/data/columns';
import { readSource } from '../../electron/data/facts';
import { describeSample } from '../../electron/data/samples';
import { classes, dataSetOf, numbers } from './made-data';
import { temporaryFolder, valueOf, writePictures } from './made-files';

describe('a sample as it is shown', () => {
  test('is a picture with its label where there are pictures', async () => {
    const folder = temporaryFolder();
    writePictures(folder, 'train', 3);
    const data = valueOf(await readSource('idx', { folder }, { folder }));
    const view = describeSample(data, 1);
    expect(view).toEqual({
      kind: 'picture',
      width: 3,
      height: 2,
      channels: 1,
      pixels: Buffer.from([10, 11, 12, 13, 14, 15]).toString('base64'),
      label: '1',
    });
    expect(sampleView.parse(view)).toEqual(view);
  });

  test('stretches pictures of other numbers from least to greatest', () => {
    const image = numberColumn({ name: 'image', role: 'input', shape: [2, 2] }, Float32Array.of(-1, 0, 1, 1));
    expect(describeSample(dataSetOf([image], 1), 0)).toMatchObject({
      pixels: Buffer.from([0, 128, 255, 255]).toString('base64'),
    });
  });

  test('is a row of cells where there are none, with the target as its label', () => {
    const vector = numberColumn(
      { name: 'vector', role: 'input', shape: [10] },
      Float32Array.from({ length: 10 }, (_, i) => i),
    );
    const data = dataSetOf(
      [
        numbers('size', [0.1]),
        classes('colour', [1], ['blue', 'red'], 'input'),
        textColumn({ name: 'note', role: 'ignore' }, ['hm'], 0),
        vector,
        classes('kind', [0], ['no', 'yes']),
      ],
      1,
    );
    expect(describeSample(data, 0)).toEqual({
      kind: 'row',
      cells: [
        { column: 'size', text: '0.1' },
        { column: 'colour', text: 'red' },
        { column: 'note', text: 'hm' },
        { column: 'vector', text: '0, 1, 2, 3, 4, 5, 6, 7, …' },
      ],
      label: 'no',
    });
  });

  test('of a file is on the line that the problems of the file name, also when it is read a second time', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'plants.csv'), 'size,kind\n1.5,x\n\n,y\n2.5,x\n3.5,y\n');
    const params = { path: 'plants.csv', missing: 'drop' };
    for (const cacheFolder of [folder, folder]) {
      const data = valueOf(await readSource('csv', params, { folder, cacheFolder }));
      expect(data.facts.problems[0].message).toContain('line 4');
      expect([0, 1, 2].map((row) => describeSample(data, row))).toMatchObject(
        [2, 5, 6].map((line) => ({ line })),
      );
    }
  });

  test('leaves an empty cell empty', () => {
    expect(describeSample(dataSetOf([numbers('size', [NaN]), classes('kind', [-1], ['no'])], 1), 0)).toEqual({
      kind: 'row',
      cells: [{ column: 'size', text: '' }],
      label: '',
    });
  });
});
