/** What an engine answers about trained networks: evaluations, cells of the matrix with their samples, predicted against actual. */
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accuracy, confusionMatrix } from '../../../shared/metrics/confusion';
import { meanAbsoluteError } from '../../../shared/metrics/regression';
import type { Cell, Evaluation, Exported, Plane, Regression } from '../../../shared/protocol/evaluation';
import { RUN_FILES, checkpointFile, type Report } from '../../../shared/protocol/run';
import { RandomStream } from '../../../shared/random/random';
import type { SampleView } from '../../../shared/protocol/samples';
import { lacks } from '../../environment';
import { hasNative } from '../native';
import {
  Engine,
  Place,
  blobsNetwork,
  completeParams,
  digitsNetwork,
  linesNetwork,
  removeBundle,
  sketch,
} from './engine-process';

const reportOf = (run: string): Report => {
  const lines = readFileSync(path.join(run, RUN_FILES.events), 'utf8').trim().split('\n');
  return JSON.parse(lines[lines.length - 1]) as Report;
};
const everything = { trueClass: null, predictedClass: null, order: 'row', offset: 0, limit: 500 } as const;

describe.skipIf(lacks('the native engine', hasNative))('looking at trained networks', () => {
  let place: Place;
  let engine: Engine;
  let digits: string;
  let blobs: string;
  let lines: string;
  beforeAll(async () => {
    place = new Place();
    const random = new RandomStream(1, 'test', 'lines');
    const rows = Array.from({ length: 240 }, () => [random.normal(), random.normal()]).map(
      ([a, b]) => `${a},${b},${3 * a - 2 * b + 1 + 0.1 * random.normal()}`,
    );
    writeFileSync(path.join(place.folder, 'lines.csv'), `a,b,y\n${rows.join('\n')}\n`);
    digits = await place.train(await digitsNetwork(place.folder));
    blobs = await place.train(await blobsNetwork(place.folder));
    lines = await place.train(await linesNetwork(place.folder));
    engine = await Engine.start({ role: 'inspect', cacheFolder: place.cache });
  });
  afterAll(async () => {
    await engine.quit();
    place.remove();
    removeBundle();
  });
  const cellOf = (run: string, more: object) =>
    engine.need<Cell>('cell', { run, folder: place.folder, part: 'test', ...everything, ...more });
  const evaluationOf = (run: string, more: object = {}) =>
    engine.need<Evaluation>('evaluate', { run, folder: place.folder, part: 'test', ...more });
  const sentence = async (method: string, params: object) => {
    const answer = await engine.ask(method, params);
    return answer.ok ? 'answered' : answer.problem.message;
  };

  describe('the plane', () => {
    const planeOf = (run: string) =>
      engine.need<Plane | null>('plane', { run, folder: place.folder, part: 'test' });

    it('of a network that reads two numbers agrees with what it says of the samples', async () => {
      const plane = await planeOf(blobs);
      if (plane === null) throw new Error('no plane');
      const { size, decided, confidence, points, axes, labels } = plane;
      // The network reads what Standardize made of them, so the axes are no longer in the columns' own units.
      expect(axes.map(({ scale }) => scale)).toEqual(['standardized', 'standardized']);
      expect([decided.length, confidence.length]).toEqual([size * size, size * size]);
      expect(new Set(decided)).toEqual(new Set(labels.keys()));
      expect(Math.min(...confidence)).toBeGreaterThan(1 / labels.length - 1e-6);
      const cellOf = (value: number, [least, greatest]: [number, number]) =>
        Math.floor(((value - least) / (greatest - least)) * size);
      const agreeing = points.filter(
        ({ x, y, predictedClass }) =>
          decided[cellOf(y, axes[1].range) * size + cellOf(x, axes[0].range)] === predictedClass,
      );
      // Beside a border the middle of a cell can lie on the other side of it than a sample in the cell.
      expect(agreeing.length / points.length).toBeGreaterThan(0.97);
      const { confusion } = await evaluationOf(blobs);
      const wrong = points.filter(({ trueClass, predictedClass }) => trueClass !== predictedClass).length;
      expect(wrong).toBe(
        confusion?.counts.flatMap((row, t) => row.filter((_, p) => p !== t)).reduce((a, b) => a + b),
      );
    });

    it('is not there for pictures and for predicted numbers', async () => {
      expect(await planeOf(digits)).toBeNull();
      expect(await planeOf(lines)).toBeNull();
    });
  });

  describe('an evaluation', () => {
    it.each(['test', 'validation', 'train'] as const)(
      'of the %s part repeats what the report says',
      async (part) => {
        const evaluation = await evaluationOf(digits, { part });
        const report = reportOf(digits);
        expect(evaluation).toMatchObject({
          type: 'evaluation',
          run: digits,
          part,
          n: report.metrics[part]?.n,
        });
        expect(evaluation.metrics.loss).toBeCloseTo(report.metrics[part]?.loss ?? NaN, 5);
        expect(evaluation.metrics.accuracy).toBeCloseTo(report.metrics[part]?.accuracy ?? NaN, 6);
        if (part === 'test') expect(evaluation.confusion).toEqual(report.confusion);
      },
    );

    it('is what the run computed when it ended, and is computed where that is gone', async () => {
      const without = await Engine.start({
        role: 'inspect',
        cacheFolder: place.cache,
        nativeFolder: path.join(place.folder, 'no-engine'),
      });
      const asked = { run: digits, folder: place.folder, part: 'train' };
      const stored = await without.need<Evaluation>('evaluate', asked);
      expect(stored.metrics).toEqual(reportOf(digits).metrics.train);
      const [predictions, aside] = [RUN_FILES.predictions, 'aside'].map((name) => path.join(digits, name));
      renameSync(predictions, aside);
      expect((await without.ask('evaluate', asked)).ok).toBe(false);
      await without.quit();
      const computed = await evaluationOf(digits, { part: 'train' });
      renameSync(aside, predictions);
      expect(computed.metrics.loss).toBeCloseTo(stored.metrics.loss ?? NaN, 5);
      expect(computed.confusion).toEqual(stored.confusion);
      expect(computed.worst.slice(0, 5).map(({ index }) => index)).toEqual(
        stored.worst.slice(0, 5).map(({ index }) => index),
      );
    });

    it('lists the worst samples first, each with its row in the source', async () => {
      const { worst } = await evaluationOf(digits);
      expect(worst).toHaveLength(20);
      const losses = worst.map(({ loss }) => loss);
      expect(losses).toEqual([...losses].sort((a, b) => b - a));
      const [view] = await engine.need<SampleView[]>('samples', {
        source: { reader: 'digits', params: completeParams('Digits', { count: 400 }), folder: '' },
        offset: worst[0].index,
        limit: 1,
      });
      expect(view.label).toBe(worst[0].true);
    });

    it('of numbers has no confusion matrix', async () => {
      const evaluation = await evaluationOf(lines);
      expect(evaluation.confusion).toBeUndefined();
      expect(evaluation.worst[0].probability).toBeNull();
      expect(evaluation.metrics.mean_absolute_error).toBeLessThan(0.5);
    });

    it('of other data prepares them as the run did', async () => {
      const other = {
        reader: 'toy',
        params: completeParams('ToyData', { shape: 'blobs', count: 300, classes: 3, noise: 0.6, seed: 3 }),
        folder: '',
      };
      const evaluation = await evaluationOf(blobs, { source: other });
      expect(evaluation).toMatchObject({ part: 'test', n: 300 });
      expect(evaluation.metrics.accuracy).toBeGreaterThan(0.9);
      // The very data of the run give what all its parts gave together.
      const same = {
        ...other,
        params: completeParams('ToyData', { shape: 'blobs', count: 600, classes: 3, noise: 0.6, seed: 3 }),
      };
      const whole = await evaluationOf(blobs, { source: same });
      const { train, validation, test } = reportOf(blobs).metrics;
      const right = [train, validation, test].reduce(
        (sum, part) => sum + (part?.accuracy ?? 0) * (part?.n ?? 0),
        0,
      );
      expect((whole.metrics.accuracy ?? 0) * whole.n).toBeCloseTo(right, 3);
    });

    it('of data with other columns is refused with their names', async () => {
      expect(
        await sentence('evaluate', {
          run: blobs,
          folder: place.folder,
          part: 'test',
          source: { reader: 'csv', params: { path: 'lines.csv', header: 'yes' }, folder: place.folder },
        }),
      ).toContain('x');
    });
  });

  describe('a cell of the confusion matrix', () => {
    it('holds as many samples as the matrix counts, in every cell', async () => {
      const report = reportOf(digits);
      const counts = report.confusion?.counts ?? [];
      const all = await cellOf(digits, {});
      expect(all.total).toBe(report.metrics.test?.n);
      expect(all.labels).toEqual(report.confusion?.labels);
      const recounted = confusionMatrix(
        all.samples.map(({ trueClass }) => trueClass),
        all.samples.map(({ predictedClass }) => predictedClass),
        all.labels,
      );
      expect(recounted.counts).toEqual(counts);
      expect(accuracy(recounted)).toBeCloseTo(report.metrics.test?.accuracy ?? NaN, 6);
      const row = counts.findIndex((cells, i) => cells.some((count, j) => i !== j && count > 0));
      const column = counts[row].findIndex((count, j) => j !== row && count > 0);
      const one = await cellOf(digits, { trueClass: row, predictedClass: column });
      expect(one.total).toBe(counts[row][column]);
      expect(
        one.samples.every((sample) => sample.trueClass === row && sample.predictedClass === column),
      ).toBe(true);
    });

    it('shows each sample as it is in the source, with its label and probabilities', async () => {
      const { samples } = await cellOf(digits, { limit: 5 });
      const source = { reader: 'digits', params: completeParams('Digits', { count: 400 }), folder: '' };
      for (const { index, view, trueClass, predictedClass, probabilities } of samples) {
        expect([view]).toEqual(await engine.need('samples', { source, offset: index, limit: 1 }));
        expect(view.label).toBe(String(trueClass));
        expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 5);
        expect(Math.max(...probabilities)).toBe(probabilities[predictedClass]);
      }
    });

    it('puts mistakes in order: most confident, most doubtful, largest loss', async () => {
      const sure = ({ samples }: Cell) =>
        samples.map(({ probabilities, predictedClass }) => probabilities[predictedClass]);
      const confident = await cellOf(digits, { mistakesOnly: true, order: 'confident' });
      expect(confident.total).toBeGreaterThan(1);
      expect(confident.samples.every(({ trueClass, predictedClass }) => trueClass !== predictedClass)).toBe(
        true,
      );
      expect(sure(confident)).toEqual(sure(confident).sort((a, b) => b - a));
      const doubtful = sure(await cellOf(digits, { order: 'doubtful' }));
      expect(doubtful).toEqual([...doubtful].sort((a, b) => a - b));
      const losses = (await cellOf(digits, { order: 'loss' })).samples.map(({ loss }) => loss);
      expect(losses).toEqual([...losses].sort((a, b) => b - a));
    });

    it('is leafed through page by page', async () => {
      const all = await cellOf(digits, { order: 'loss' });
      const pages = [
        await cellOf(digits, { order: 'loss', limit: 30 }),
        await cellOf(digits, { order: 'loss', offset: 30 }),
      ];
      expect(pages.flatMap(({ samples }) => samples)).toEqual(all.samples);
      expect(pages[1].total).toBe(all.total);
    });

    it('can be looked at as it was after an earlier epoch, and is the same computed as read from the files', async () => {
      const ask = { part: 'validation', epoch: 1 };
      const stored = await cellOf(digits, ask);
      expect(await cellOf(digits, { part: 'validation', epoch: 2 })).not.toEqual(stored);
      const file = path.join(digits, RUN_FILES.predictions);
      for (const name of readdirSync(file)) rmSync(path.join(file, name));
      const computed = await cellOf(digits, ask);
      const close = (cell: Cell) =>
        cell.samples.map(({ index, predictedClass, loss }) => [index, predictedClass, loss.toFixed(4)]);
      expect(close(computed)).toEqual(close(stored));
    });

    it('reads a single output as two classes', async () => {
      const run = await place.train(
        await sketch(place.folder, {
          source: ['ToyData', { shape: 'moons', count: 200 }],
          preparations: ['Split'],
          layers: [['Dense', { units: 1 }]],
          loss: ['BinaryCrossentropy', { from_logits: true }],
          train: { epochs: 3 },
        }),
      );
      const cell = await cellOf(run, {});
      expect(cell.labels).toEqual(['0', '1']);
      expect(
        cell.samples.every(
          ({ probabilities: [no, yes], predictedClass }) =>
            Math.abs(no + yes - 1) < 1e-6 && (yes > no ? 1 : 0) === predictedClass,
        ),
      ).toBe(true);
      expect(
        confusionMatrix(
          cell.samples.map(({ trueClass }) => trueClass),
          cell.samples.map(({ predictedClass }) => predictedClass),
          cell.labels,
        ),
      ).toEqual(reportOf(run).confusion);
    });
  });

  describe('predicted against actual', () => {
    it('gives every point, and the worst rows with their cells', async () => {
      const regression = await engine.need<Regression>('regression', {
        run: lines,
        folder: place.folder,
        part: 'test',
        offset: 0,
        limit: 10,
      });
      const report = reportOf(lines);
      expect(regression).toMatchObject({ n: report.metrics.test?.n, target: 'y' });
      expect(regression.points).toHaveLength(regression.n);
      const [actual, predicted] = [
        regression.points.map((point) => point.actual),
        regression.points.map((point) => point.predicted),
      ];
      expect(meanAbsoluteError(actual, predicted)).toBeCloseTo(
        report.metrics.test?.mean_absolute_error ?? NaN,
        4,
      );
      const sizes = regression.worst.map(({ error }) => Math.abs(error));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      const [first] = regression.worst;
      expect(first.error).toBeCloseTo(first.predicted - first.actual, 5);
      expect(Number(first.view.label)).toBeCloseTo(first.actual, 4);
    });
  });

  describe('what cannot be answered', () => {
    const ask = { folder: '', part: 'test', ...everything };
    it('is said in a sentence', async () => {
      const at = { ...ask, folder: place.folder };
      expect(await sentence('cell', { ...at, run: lines })).toContain('predicts numbers');
      expect(await sentence('regression', { ...at, run: blobs })).toContain('predicts classes');
      expect(await sentence('cell', { ...at, run: blobs, epoch: 77, part: 'train' })).toContain(
        'The weights of epoch 77 are not kept',
      );
    });

    it('names a checkpoint that is damaged', async () => {
      const file = path.join(blobs, RUN_FILES.checkpoints, checkpointFile(1));
      writeFileSync(file, readFileSync(file).subarray(0, 300));
      expect(
        await sentence('cell', { ...ask, run: blobs, folder: place.folder, part: 'train', epoch: 1 }),
      ).toContain(`${file} is damaged`);
    });

    it('names data that have changed since', async () => {
      writeFileSync(path.join(place.folder, 'lines.csv'), 'a,b,y\n1,2,3\n4,5,6\n');
      const fresh = await Engine.start({ role: 'inspect', cacheFolder: place.cache });
      const answer = await fresh.ask('evaluate', { run: lines, folder: place.folder, part: 'test' });
      // The network itself can still be taken away, and judged on other data.
      const exported = await fresh.need<Exported>('export', {
        run: lines,
        folder: place.folder,
        format: 'tfjs',
        path: path.join(place.folder, 'lines'),
        verify: true,
      });
      const source = {
        reader: 'csv',
        params: completeParams('CSVTable', { path: 'lines.csv', header: 'yes', target: 'y', task: 'number' }),
        folder: place.folder,
      };
      const other = await fresh.need<Evaluation>('evaluate', {
        run: lines,
        folder: place.folder,
        part: 'test',
        source,
      });
      await fresh.quit();
      expect(answer.ok ? '' : answer.problem.message).toContain('The data of lines.csv have changed');
      expect(exported.verified).toBe(true);
      expect(other.n).toBe(2);
    });
  });
});
