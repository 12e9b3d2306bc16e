/** Owns the nets that training speed is measured on: each drawn from blocks of the catalogue, with made-up data of its shapes. */
import { transformerEncoder } from '../../../shared/architectures/parts/transformer';
import { definitionOf } from '../../../shared/blocks/catalogue';
import type { Json } from '../../../shared/document/document';
import type { DataFacts } from '../../../shared/document/facts';
import type { Plan } from '../../../shared/compiler/plan';
import { classes, column, data } from '../../shared/data';
import { draw, type Drawing } from '../../shared/draw';
import { dcgan } from './dcgan';

/** What the made-up data are: pixels as bytes, numbers around zero, or numbers of words below `words`. */
export interface InputSketch {
  shape: number[];
  kind: 'bytes' | 'normal' | 'words';
  words?: number;
}

export interface Workload {
  name: string;
  title: string;
  input: InputSketch;
  /** How many classes, or null where the net is to put out its own input. */
  classes: number | null;
  batch: number;
  /** Steps of an epoch. */
  steps: number;
  /** Draws the layers after the block `input`; answers the last block. */
  layers?: (drawing: Drawing) => string;
  /** Draws everything behind the block `data`, where it is no row of layers with one loss. */
  whole?: (drawing: Drawing, batch: number) => void;
  /** At least this times the best of Keras, of Keras as it comes, and of Keras with 32 steps a call. */
  asked: { best?: number; keras?: number; kerasSteps?: number };
}

type Layer = string | [string, Record<string, Json>];

/** Layers in a row; answers the last. */
function chain(drawing: Drawing, from: string, ...layers: Layer[]): string {
  drawing.chain(from, ...layers);
  return Object.keys(drawing.document.blocks).at(-1) as string;
}
export const row =
  (...layers: Layer[]) =>
  (drawing: Drawing): string =>
    chain(drawing, 'input', ...layers);

const dense = (units: number, activation = 'relu'): Layer => ['Dense', { units, activation }];
const conv = (filters: number, more: Record<string, Json> = {}): Layer => [
  'Conv2D',
  { filters, kernel_size: [3, 3], padding: 'same', activation: 'relu', ...more },
];
const vggBlock = (filters: number): Layer[] => [
  conv(filters, { activation: 'linear', use_bias: false }), 'BatchNormalization', 'ReLU',
  conv(filters, { activation: 'linear', use_bias: false }), 'BatchNormalization', 'ReLU',
  'MaxPooling2D', ['Dropout', { rate: 0.25 }],
]; // prettier-ignore

/** He et al. 2015, section 4.2: three stages of three blocks; the first block of a stage halves the maps. */
function resnet20(drawing: Drawing): string {
  const plain = (filters: number, strides = 1, size = 3): Layer =>
    conv(filters, { activation: 'linear', use_bias: false, strides: [strides, strides], kernel_size: [size, size] }); // prettier-ignore
  let last = chain(drawing, 'input', plain(16), 'BatchNormalization', 'ReLU');
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1;
      const way = chain(drawing, last, plain(filters, strides), 'BatchNormalization', 'ReLU', plain(filters), 'BatchNormalization'); // prettier-ignore
      const shortcut = strides === 1 ? last : chain(drawing, last, plain(filters, strides, 1), 'BatchNormalization'); // prettier-ignore
      const sum = `add_${stage}_${block}`;
      drawing.place('Add', {}, { id: sum }).wire(way, sum).wire(shortcut, sum);
      last = chain(drawing, sum, 'ReLU');
    }
  }
  return chain(drawing, last, 'GlobalAveragePooling2D', dense(10, 'softmax'));
}

/** The library's encoder block, with a hidden layer four times as wide (Vaswani et al. 2017). */
function transformer(drawing: Drawing): string {
  const { id, composite, uses } = transformerEncoder;
  drawing.document = { ...drawing.document, composites: { ...uses, [id]: composite } };
  const encoder: Layer = [id, { features: 128, num_heads: 4, key_dim: 32, hidden: 512 }];
  const words: Layer[] = [['Embedding', { input_dim: 5_000, output_dim: 128 }], 'PositionEmbedding'];
  return chain(drawing, 'input', ...words, encoder, 'GlobalAveragePooling1D', dense(2, 'softmax'));
}

const digits: InputSketch = { shape: [28, 28, 1], kind: 'bytes' };
const pictures: InputSketch = { shape: [32, 32, 3], kind: 'bytes' };
/** A picture as a sequence of its lines. */
const lines: InputSketch = { shape: [28, 28], kind: 'bytes' };

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'mlp', title: 'MLP 784-512-512-10, batch 128', input: { shape: [784], kind: 'bytes' }, classes: 10, batch: 128, steps: 100,
    layers: row(dense(512), dense(512), dense(10, 'softmax')), asked: { keras: 2, best: 1 },
  },
  {
    name: 'small-mlp', title: 'MLP 784-32-10, batch 32', input: { shape: [784], kind: 'bytes' }, classes: 10, batch: 32, steps: 128,
    layers: row(dense(32), dense(10, 'softmax')), asked: { keras: 5, kerasSteps: 2 },
  },
  {
    name: 'cnn', title: 'CNN 32-64 on 28×28, batch 128', input: digits, classes: 10, batch: 128, steps: 20,
    layers: row(conv(32), 'MaxPooling2D', conv(64), 'MaxPooling2D', 'Flatten', dense(10, 'softmax')), asked: { best: 1.3 },
  },
  {
    name: 'vgg', title: 'VGG blocks with batch norm and dropout, 32×32×3, batch 64', input: pictures, classes: 10, batch: 64, steps: 6,
    layers: row(...vggBlock(32), ...vggBlock(64), 'Flatten', dense(128), ['Dropout', { rate: 0.5 }], dense(10, 'softmax')), asked: { best: 1.2 },
  },
  {
    name: 'resnet20', title: 'ResNet-20, 32×32×3, batch 32', input: pictures, classes: 10, batch: 32, steps: 6,
    layers: resnet20, asked: { best: 1.1 },
  },
  {
    name: 'autoencoder', title: 'convolutional autoencoder, 28×28, batch 64', input: digits, classes: null, batch: 64, steps: 20,
    layers: row(conv(16, { strides: [2, 2] }), conv(32, { strides: [2, 2] }),
      ['Conv2DTranspose', { filters: 32, kernel_size: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' }],
      ['Conv2DTranspose', { filters: 16, kernel_size: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' }],
      conv(1, { activation: 'sigmoid' })), asked: { best: 1.2 },
  },
  {
    name: 'dcgan', title: 'DCGAN, one turn of discriminator and generator, 28×28, batch 64', input: digits, classes: null, batch: 64, steps: 10,
    whole: dcgan, asked: { best: 1.2 },
  },
  {
    name: 'conv1d', title: 'Conv1D on sequences, 128×16, batch 64', input: { shape: [128, 16], kind: 'normal' }, classes: 6, batch: 64, steps: 40,
    layers: row(['Conv1D', { filters: 64, kernel_size: 5, activation: 'relu' }], ['MaxPooling1D', {}], ['Conv1D', { filters: 64, kernel_size: 5, activation: 'relu' }],
      'GlobalMaxPooling1D', dense(6, 'softmax')), asked: { best: 1.2 },
  },
  {
    name: 'text', title: 'embedding and Conv1D, 200 tokens, batch 64', input: { shape: [200], kind: 'words', words: 10_000 }, classes: 2, batch: 64, steps: 30,
    layers: row(['Embedding', { input_dim: 10_000, output_dim: 64 }], ['Conv1D', { filters: 128, kernel_size: 5, activation: 'relu' }], 'GlobalMaxPooling1D', dense(2, 'softmax')), asked: { best: 1.2 },
  },
  {
    name: 'lstm', title: 'LSTM(128) on 28×28, batch 128', input: lines, classes: 10, batch: 128, steps: 15,
    layers: row(['LSTM', { units: 128 }], dense(10, 'softmax')), asked: { best: 1.2 },
  },
  {
    name: 'lstm-bidirectional', title: '2 × bidirectional LSTM(64), 100 steps, batch 32', input: { shape: [100, 16], kind: 'normal' }, classes: 6, batch: 32, steps: 10,
    layers: row(['Bidirectional', { units: 64, return_sequences: true }], ['Bidirectional', { units: 64 }], dense(6, 'softmax')), asked: { best: 1.2 },
  },
  {
    name: 'gru', title: 'GRU(128) on 28×28, batch 128', input: lines, classes: 10, batch: 128, steps: 15,
    layers: row(['GRU', { units: 128 }], dense(10, 'softmax')), asked: { best: 1.5 },
  },
  {
    name: 'transformer', title: 'transformer encoder, 4 heads, 128 wide, 64 tokens, batch 32', input: { shape: [64], kind: 'words', words: 5_000 }, classes: 2, batch: 32, steps: 10,
    layers: transformer, asked: { best: 1.1 },
  },
]; // prettier-ignore

export const samplesOf = ({ batch, steps }: Workload): number => batch * steps;

function factsOf(workload: Workload): DataFacts {
  const { input, classes: count } = workload;
  const n = samplesOf(workload);
  const x = column({
    name: 'x',
    shape: input.shape,
    ...(input.kind === 'words' ? { dtype: 'int32', min: 0, max: (input.words ?? 1) - 1 } : {}),
  });
  const y = count === null ? column({ name: 'y', role: 'target', shape: input.shape }) : classes(count);
  return data([x, y], { n, parts: { train: n, validation: 0, test: 0 } });
}

/** A row of layers, one loss and Adam. */
function drawRow(drawing: Drawing, { layers, classes: count, batch }: Workload): void {
  drawing.chain('data', 'Input');
  const last = layers?.(drawing) ?? 'input';
  const loss = count === null ? 'MeanSquaredError' : 'SparseCategoricalCrossentropy';
  drawing
    .place(loss, {}, { id: 'loss' }).wire(last, 'loss').wire('data', 'loss')
    .place('Adam', {}, { id: 'optimizer' })
    .place('Train', { batch_size: batch }, { id: 'train' }).wire('loss', 'train').wire('optimizer', 'train'); // prettier-ignore
}

/** The plan that the application would train; a sentence where a block is not in the catalogue yet or does not fit. */
export function planOf(workload: Workload): Plan | string {
  const drawing = draw().place('Digits', {}, { id: 'data', facts: factsOf(workload) });
  try {
    if (workload.whole === undefined) drawRow(drawing, workload);
    else workload.whole(drawing, workload.batch);
  } catch (error) {
    const missing = Object.values(drawing.document.blocks).find(({ type }) => !definitionOf(type));
    if (missing === undefined) throw error;
    return `the catalogue has no ${missing.type} yet`;
  }
  const { plan, diagnostics } = drawing.compile();
  return plan ?? diagnostics.map(({ message }) => message).join(' ');
}
