/**
 * A trained run, exported by a real engine process, opened with nothing but @tensorflow/tfjs, fed with raw samples that are
 * prepared by preparation.json alone: it predicts what the run itself predicted.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparationState } from '../../shared/document/preparation';
import type { Exported } from '../../shared/protocol/evaluation';
import { RUN_FILES, predictionsFile } from '../../shared/protocol/run';
import { readSource } from '../../electron/data/facts';
import type { DataSet } from '../../electron/data/data-set';
import { readNpy } from '../../electron/engine/files/npy';
import type { InputColumn, ModelInput, ModelOutput } from '../../electron/export/tfjs/preparation';
import {
  Engine,
  Place,
  blobsNetwork,
  completeParams,
  digitsNetwork,
  factsOf,
  removeBundle,
  sketch,
} from '../engine/process/engine-process';
import { hasNative } from '../engine/native';
import { lacks } from '../environment';
import { gan } from '../shared/gan';

interface Described {
  inputs: ModelInput[];
  outputs: ModelOutput[];
}
interface Plain {
  backend: string;
  outputs: { shape: number[]; values: number[] }[];
}

const sizeOf = (shape: readonly (number | null)[]): number =>
  shape.reduce<number>((product, size) => product * (size ?? 1), 1);

/** As a page would do it, from the file alone. */
function preparedValues(
  { name, shape, fill, scale, offset, oneHot, classes }: InputColumn,
  data: DataSet,
  row: number,
): number[] {
  const column = data.columns.find(({ facts }) => facts.name === name);
  if (!column || Array.isArray(column.values)) throw new Error(`no numbers in ${name}`);
  const size = sizeOf(shape);
  const raw = Array.from(column.values.subarray(row * size, (row + 1) * size), (value) =>
    fill !== undefined && (Number.isNaN(value) || (classes !== undefined && value < 0)) ? fill : value,
  );
  if (oneHot !== undefined) return Array.from({ length: oneHot }, (_, i) => (i === raw[0] ? 1 : 0));
  const at = (numbers: number[] = [], i: number) => numbers[numbers.length === 1 ? 0 : i];
  return raw.map((value, i) => value * at(scale, i) + at(offset, i));
}

function predictPlain(
  folder: string,
  request: string,
  { inputs }: Described,
  data: DataSet,
  rows: number[],
): Plain {
  const tensors = inputs.map(({ shape, columns }) => ({
    shape: [rows.length, ...shape.map((size) => size ?? 1)],
    values: rows.flatMap((row) => columns.flatMap((column) => preparedValues(column, data, row))),
  }));
  return plainOutputs(folder, request, tensors);
}

function plainOutputs(
  folder: string,
  request: string,
  tensors: { shape: number[]; values: number[] }[],
): Plain {
  writeFileSync(request, JSON.stringify(tensors));
  const loader = path.join(import.meta.dirname, 'load-plain.cjs');
  return JSON.parse(
    execFileSync(process.execPath, [loader, folder, request], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 26,
    }),
  ) as Plain;
}

describe.skipIf(lacks('the native engine', hasNative))('an exported run', () => {
  let place: Place;
  let engine: Engine;
  beforeAll(async () => {
    place = new Place();
    const lines = Array.from(
      { length: 200 },
      (_, i) => `${i % 7},${['red', 'green', 'blue'][i % 3]},${i === 50 ? '' : i * 10},${(i % 7) + (i % 3)}`,
    );
    writeFileSync(path.join(place.folder, 'table.csv'), `a,colour,b,y\n${lines.join('\n')}\n`);
    engine = await Engine.start({ role: 'inspect', cacheFolder: place.cache });
  });
  afterAll(async () => {
    await engine.quit();
    place.remove();
    removeBundle();
  });
  const exported = (run: string, target: string) =>
    engine.ask<Exported>('export', { run, folder: place.folder, format: 'tfjs', path: target, verify: true });

  /** Exports, and compares the plain model on raw test samples with the run's own predictions of them. */
  async function difference(
    run: string,
    source: [string, Parameters<typeof completeParams>[1]],
    reader: string,
    name: string,
  ) {
    const target = path.join(place.folder, name);
    const answer = await exported(run, target);
    if (!answer.ok) throw new Error(answer.problem.message);
    const data = await readSource(reader, completeParams(...source), { folder: place.folder });
    if (!data.ok) throw new Error(data.problem.message);
    const described = JSON.parse(readFileSync(path.join(target, 'preparation.json'), 'utf8')) as Described;
    const everyRow = await engine.need<{ samples: { index: number }[] } & { points: { index: number }[] }>(
      described.outputs[0].task === 'regression' ? 'regression' : 'cell',
      {
        run,
        folder: place.folder,
        part: 'test',
        trueClass: null,
        predictedClass: null,
        order: 'row',
        offset: 0,
        limit: 500,
      },
    );
    const rows = (everyRow.samples ?? everyRow.points).map(({ index }) => index);
    const stored = readNpy(path.join(run, RUN_FILES.predictions, predictionsFile('test', 'kept')));
    if (!stored.ok) throw new Error(stored.problem.message);
    const plain = predictPlain(target, path.join(place.folder, `${name}.json`), described, data.value, rows);
    expect(plain.backend).toBe('cpu');
    expect(plain.outputs[0].shape).toEqual(stored.value.shape);
    const differences = plain.outputs[0].values.map((value, i) => Math.abs(value - stored.value.values[i]));
    return { largest: Math.max(...differences), answer: answer.value, described, target };
  }

  it('of pictures predicts the same from raw bytes', async () => {
    const run = await place.train(await digitsNetwork(place.folder));
    const { largest, answer, described, target } = await difference(
      run,
      ['Digits', { count: 400 }],
      'digits',
      'digits',
    );
    expect(largest).toBeLessThan(1e-5);
    expect(answer).toMatchObject({
      type: 'export',
      format: 'tfjs',
      path: target,
      verified: true,
      reader: expect.stringContaining('tf.loadLayersModel') as string,
    });
    expect(answer.maxDifference).toBeLessThan(1e-6);
    expect([...answer.files].sort()).toEqual(readdirSync(target).sort());
    expect(described.outputs[0]).toMatchObject({
      means: 'probabilities',
      task: 'classification',
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    });
    expect(
      preparationState.safeParse(JSON.parse(readFileSync(path.join(target, 'preparation.json'), 'utf8')))
        .success,
    ).toBe(true);
    const guide = readFileSync(path.join(target, 'how-to-use.txt'), 'utf8');
    expect(guide).toContain(`image: value × ${1 / 255} + 0`);
    expect(guide).toContain('probabilities of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, in this order');
  });

  it('of a table predicts the same from raw cells, empty ones and classes among them', async () => {
    const source: [string, Parameters<typeof completeParams>[1]] = [
      'CSVTable',
      { path: 'table.csv', target: 'y', header: 'yes', missing: 'mean', task: 'number' },
    ];
    const run = await place.train(
      await sketch(place.folder, {
        source,
        preparations: [
          'Standardize',
          ['Scale', { columns: ['b'], low: -1, high: 1 }],
          ['OneHot', { columns: ['colour'] }],
          ['Split', { validation: 0.2, test: 0.2, stratified: false }],
        ],
        layers: [
          ['Dense', { units: 8, activation: 'silu' }],
          ['Dense', { units: 1 }],
        ],
        loss: 'MeanAbsoluteError',
        train: { epochs: 5 },
      }),
    );
    const { largest, described } = await difference(run, source, 'csv', 'table');
    expect(described.inputs[0].columns.map(({ name, oneHot }) => [name, oneHot])).toEqual([
      ['a', undefined],
      ['colour', 3],
      ['b', undefined],
    ]);
    expect(largest).toBeLessThan(1e-5);
  });

  it('of a generator has the noise as its input, and leaves behind what judged it', async () => {
    const [type, params] = ['ToyData', completeParams('ToyData', { shape: 'moons', count: 200 })];
    const facts = await factsOf(type, params, place.folder);
    const run = await place.train(gan({}, {}, { type, params, facts }));
    const target = path.join(place.folder, 'generator');
    const answer = await exported(run, target);
    if (!answer.ok) throw new Error(answer.problem.message);
    expect(answer.value).toMatchObject({ verified: true });
    expect(answer.value.maxDifference).toBeLessThan(1e-6);
    const { inputs, outputs } = JSON.parse(
      readFileSync(path.join(target, 'preparation.json'), 'utf8'),
    ) as Described;
    expect(inputs).toEqual([{ name: 'noise', shape: [3], columns: [] }]);
    expect(outputs.map(({ name, shape }) => [name, shape])).toEqual([['points', [2]]]);
    expect(readFileSync(path.join(target, 'how-to-use.txt'), 'utf8')).toContain(
      'noise: float32 [n, 3], random numbers',
    );
    const made = plainOutputs(target, path.join(place.folder, 'noise.json'), [
      { shape: [2, 3], values: [1, 0, -1, 0.5, 2, 0] },
    ]);
    expect(made.outputs[0].shape).toEqual([2, 2]);
    expect(made.outputs[0].values.slice(0, 2)).not.toEqual(made.outputs[0].values.slice(2));
  });

  it('is refused into a folder with other files, with a sentence', async () => {
    const run = await place.train(await blobsNetwork(place.folder, { epochs: 1 }));
    const target = path.join(place.folder, 'site');
    mkdirSync(target);
    writeFileSync(path.join(target, 'index.html'), '');
    const answer = await exported(run, target);
    expect(answer.ok ? '' : answer.problem.message).toContain('already holds other files, as index.html');
    expect(readdirSync(target)).toEqual(['index.html']);
  });

  it('is refused where TensorFlow.js cannot hold a block, with the reason', async () => {
    const run = await place.train(
      await sketch(place.folder, {
        source: ['ToyData', { shape: 'moons', count: 100 }],
        preparations: ['Split'],
        layers: [
          ['Dense', { units: 4 }],
          ['ELU', { alpha: 0.5 }],
          ['Dense', { units: 1, activation: 'sigmoid' }],
        ],
        loss: 'BinaryCrossentropy',
        train: { epochs: 1 },
      }),
    );
    const answer = await exported(run, path.join(place.folder, 'elu'));
    expect(answer.ok ? '' : answer.problem.message).toContain('TensorFlow.js has ELU only with alpha 1');
    expect(readdirSync(place.folder).filter((name) => name.startsWith('elu'))).toEqual([]);
  });
});
