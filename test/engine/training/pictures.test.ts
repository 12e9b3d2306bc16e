/** A run shows what its network makes: pictures of random numbers, of samples, and of a code of two numbers. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/compiler/plan';
import type { PictureSheet, Pictures, PicturesOf } from '../../../shared/protocol/pictures';
import { RUN_FILES, predictionsFile, runEvent } from '../../../shared/protocol/run';
import { RandomStream } from '../../../shared/random/random';
import { readNpy } from '../../../electron/engine/files/npy';
import type { SampleArray, Samples } from '../../../electron/engine/step/samples';
import { lacks } from '../../environment';
import { classes, data, pixels } from '../../shared/data';
import { draw, type Drawing } from '../../shared/draw';
import { hasNative, useNative } from '../native';
import { samplesOf } from '../plans';
import { removeFolders, trainRun, type Trained } from '../runs';

const SIDE = 8;
const parts = { train: 64, validation: 32 };
const n = 96;

/** Grey bars, lying or standing, each at a place of its own. */
function bars(): SampleArray {
  const random = new RandomStream(5, 'test', 'bars');
  const values = new Float32Array(n * SIDE * SIDE);
  for (let row = 0; row < n; row++) {
    const at = Math.floor(random.uniform() * SIDE);
    for (let i = 0; i < SIDE; i++)
      values[row * SIDE * SIDE + (row % 2 === 0 ? at * SIDE + i : i * SIDE + at)] = 1;
  }
  return { values, shape: [SIDE, SIDE, 1], scale: 1, offset: 0 };
}
const pictures = bars();

const start = (): Drawing =>
  draw()
    .place('Digits', {}, { id: 'data', facts: data([pixels([SIDE, SIDE, 1]), classes(2)]) })
    .chain('data', 'Input');

function planOf(drawing: Drawing): Plan {
  const { plan, diagnostics } = drawing.compile();
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return plan;
}

/** Gives the picture back that it was given, behind what stands in front of the code. */
const autoencoder = (before: [string, Record<string, number>][], code: number, epochs = 2): Plan =>
  planOf(
    start()
      .chain('input', ...before, 'Flatten')
      .place('Dense', { units: code }, { id: 'code' })
      .wire('flatten', 'code')
      .place('Dense', { units: SIDE * SIDE, activation: 'sigmoid' }, { id: 'back' })
      .wire('code', 'back')
      .place('Reshape', { target_shape: [SIDE, SIDE, 1] }, { id: 'picture' })
      .wire('back', 'picture')
      .place('MeanSquaredError', { column: ['image'] }, { id: 'loss' })
      .wire('picture', 'loss')
      .wire('data', 'loss')
      .place('Adam', { learning_rate: 0.01 })
      .place('Train', { epochs, batch_size: 16 })
      .wire('loss', 'train')
      .wire('adam', 'train'),
  );

function gan(): { plan: Plan; samples: Samples } {
  const plan = planOf(
    start()
      .place('ConstantColumn', { name: 'real', value: 1 }, { id: 'ones' })
      .wire('data', 'ones')
      .place('Noise', { shape: [3] }, { id: 'noise' })
      .chain('noise', ['Dense', { units: SIDE * SIDE, activation: 'sigmoid' }])
      .place('Reshape', { target_shape: [SIDE, SIDE, 1] }, { id: 'made' })
      .wire('dense', 'made')
      .chain('made', 'Flatten')
      .place('Dense', { units: 1 }, { id: 'judge' })
      .wire('flatten', 'judge')
      .chain('input', 'Flatten')
      .place('SharedLayer', { layer: ['judge'] }, { id: 'again' })
      .wire('flatten_2', 'again')
      .place('BinaryCrossentropy', { from_logits: true, column: ['real'] }, { id: 'loss' })
      .place('BinaryCrossentropy', { from_logits: true, column: ['real'] }, { id: 'loss_2' })
      .wire('judge', 'loss')
      .wire('again', 'loss_2')
      .wire('ones', 'loss')
      .wire('ones', 'loss_2')
      .place('Adam', { learning_rate: 0.05 })
      .place('Train', { epochs: 2, batch_size: 16 })
      .wire('loss', 'train')
      .wire('loss_2', 'train')
      .wire('adam', 'train'),
  );
  const real = { values: new Uint8Array(n), shape: [], scale: 1, offset: 1 };
  const samples = samplesWith(new Map([['loss', real], ['loss_2', real]])); // prettier-ignore
  return { plan, samples };
}

const samplesWith = (labels: Map<string, SampleArray>): Samples => ({
  ...samplesOf({ values: new Float32Array(0), shape: [] }, { values: new Float32Array(0), shape: [] }, parts),
  inputs: new Map([['input', pictures]]),
  labels,
});
const ownPictures = samplesWith(new Map([['loss', pictures]]));

const bytes = ({ pixels: text }: PictureSheet): number[] => [...Buffer.from(text, 'base64')];
const SIZE = SIDE * SIDE;

function ofKind<K extends Pictures['of']>(run: Trained, kind: K): PicturesOf<K>[] {
  return run
    .of('pictured')
    .flatMap((event) => event.pictures)
    .filter((one): one is PicturesOf<K> => one.of === kind);
}

describe.skipIf(lacks('the native TensorFlow library', hasNative))('The pictures of a run', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('of random numbers are of the same ones after each epoch, and show what was learned between', async () => {
    const run = await trainRun({ ...gan(), seed: 3 });
    const [first, last] = ofKind(run, 'noise');
    expect(first.block).toBe('made');
    expect(bytes(first.made)).toHaveLength(parts.validation * SIZE);
    expect(last.made.pixels).not.toBe(first.made.pixels);
    expect(last.real).toEqual(first.real);
    // The weights alone differ: the same run draws the same pictures again.
    const again = await trainRun({ ...gan(), seed: 3 });
    expect(ofKind(again, 'noise')).toEqual([first, last]);
  });

  it('of samples are what the network answers, beside what it should', async () => {
    const run = await trainRun({ plan: autoencoder([], 6), samples: ownPictures });
    const event = run.of('pictured').at(-1);
    const [shown] = ofKind(run, 'samples').slice(-1);
    expect(event?.epoch).toBe(2);
    expect(shown.given).toBeUndefined();
    expect(shown.rows).toEqual(Array.from({ length: 10 }, (_, i) => parts.train + i));
    const predicted = readNpy(path.join(run.folder, RUN_FILES.predictions, predictionsFile('validation', 2)));
    if (!predicted.ok) throw new Error(predicted.problem.message);
    const expected = [...predicted.value.values.subarray(0, 10 * SIZE)].map((value) =>
      Math.round(255 * value),
    );
    for (const [i, byte] of bytes(shown.made).entries())
      expect(Math.abs(byte - expected[i])).toBeLessThanOrEqual(1);
    expect(bytes(shown.wanted)).toEqual(
      [...pictures.values.subarray(parts.train * SIZE, (parts.train + 10) * SIZE)].map(
        (value) => 255 * value,
      ),
    );
  });

  it.each([
    ['GaussianNoise', { stddev: 0.4 }],
    ['SaltAndPepperNoise', { amount: 0.3 }],
    ['Dropout', { rate: 0.5 }],
  ] as const)(
    'stand beside what the network was given with %s, the same noise each time',
    async (type, params) => {
      const run = await trainRun({ plan: autoencoder([[type, params]], 6), samples: ownPictures });
      const [first, last] = ofKind(run, 'samples');
      if (!first.given) throw new Error('what was given is not shown');
      expect(last.given).toEqual(first.given);
      const changed = bytes(first.given).filter((byte, i) => byte !== bytes(first.wanted)[i]).length;
      expect(changed).toBeGreaterThan(20);
      expect(last.made.pixels).not.toBe(first.made.pixels);
    },
  );

  it('of a code of two numbers show what each place of its plane means, and where samples lie', async () => {
    const run = await trainRun({
      plan: autoencoder([], 2),
      samples: ownPictures,
      classes: { labels: ['lying', 'standing'], of: Int32Array.from({ length: n }, (_, row) => row % 2) },
    });
    const [shown] = ofKind(run, 'code').slice(-1);
    const { side, made, points, axes, labels, block } = shown;
    expect(block).toBe('code');
    expect(bytes(made)).toHaveLength(side * side * SIZE);
    expect(labels).toEqual(['lying', 'standing']);
    expect(points.map(({ row, label }) => [row, label])).toEqual(
      Array.from({ length: parts.validation }, (_, i) => [parts.train + i, (parts.train + i) % 2]),
    );
    // A sample's own picture is nearly the one that is made of the cell in which it lies.
    const [{ made: rebuilt }] = ofKind(run, 'samples').slice(-1);
    const cell = (value: number, [least, greatest]: [number, number]) =>
      Math.min(side - 1, Math.floor(((value - least) / (greatest - least)) * side));
    const difference = points.slice(0, 10).map(({ x, y }, i) => {
      const at = cell(y, axes[1]) * side + cell(x, axes[0]);
      const [there, own] = [bytes(made).slice(at * SIZE, (at + 1) * SIZE), bytes(rebuilt).slice(i * SIZE, (i + 1) * SIZE)]; // prettier-ignore
      return there.reduce((sum, byte, j) => sum + Math.abs(byte - own[j]), 0) / SIZE;
    });
    expect(Math.max(...difference)).toBeLessThan(24);
  });

  it('are in the ledger in a form that it takes, of the first and the last epoch at least, and of fewer the longer it goes', async () => {
    const run = await trainRun({ plan: autoencoder([], 6, 60), samples: ownPictures });
    const events = run.of('pictured');
    const epochs = events.map(({ epoch }) => epoch);
    expect([epochs[0], epochs.at(-1)]).toEqual([1, 60]);
    expect(epochs.length).toBeLessThan(30);
    for (const event of events) expect(runEvent.parse(event)).toEqual(event);
  });

  it('are not there where a network names classes', async () => {
    const plan = planOf(
      start()
        .chain('input', 'Flatten', ['Dense', { units: 2 }], 'Softmax')
        .place('SparseCategoricalCrossentropy', {}, { id: 'loss' })
        .wire('softmax', 'loss')
        .wire('data', 'loss')
        .place('Adam')
        .place('Train', { epochs: 1 })
        .wire('loss', 'train')
        .wire('adam', 'train'),
    );
    const labels: SampleArray = { values: Int32Array.from({ length: n }, (_, i) => i % 2), shape: [], scale: 1, offset: 0 }; // prettier-ignore
    const run = await trainRun({ plan, samples: samplesWith(new Map([['loss', labels]])) });
    expect(run.of('pictured')).toEqual([]);
    expect(run.of('epoch')).toHaveLength(1);
  });
});
