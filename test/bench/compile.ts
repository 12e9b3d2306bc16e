/** Measures compiling: a document of 200 blocks with a bypass, merges and a table of data. */
import { compile } from '../../shared/compiler/compile';
import type { Document } from '../../shared/document/document';
import { apply } from '../../shared/document/edits';
import { data, oneHotClasses, pixels } from '../shared/data';
import { network } from '../shared/draw';

/** Residual blocks of convolution, normalisation and ReLU, five blocks each. */
export function largeDocument(blocks: number): Document {
  const drawing = network(data([pixels([32, 32, 3]), oneHotClasses(10)]), [], [['Conv2D', { filters: 8, padding: 'same', activation: 'relu' }], 'GlobalAveragePooling2D', ['Dense', { units: 10, activation: 'relu' }], ['Dense', { units: 10 }], 'Softmax']); // prettier-ignore
  let last = 'conv2d';
  for (let i = 0; Object.keys(drawing.document.blocks).length + 5 <= blocks; i++) {
    const id = (name: string) => `${name}_in_${i}`;
    drawing
      .place('Conv2D', { filters: 8, padding: 'same', use_bias: false }, { id: id('conv') }).wire(last, id('conv'))
      .place('BatchNormalization', {}, { id: id('norm') }).wire(id('conv'), id('norm'))
      .place('ReLU', {}, { id: id('relu') }).wire(id('norm'), id('relu'))
      .place('Dropout', { rate: 0.1 }, { id: id('drop') }).wire(id('relu'), id('drop'))
      .place('Add', {}, { id: id('add') }).wire(id('drop'), id('add')).wire(last, id('add')); // prettier-ignore
    last = id('add');
  }
  return drawing.wire(last, 'global_average_pooling2d').document;
}

export interface CompileFigures {
  blocks: number;
  /** Milliseconds: the fastest and the middle one of the runs, and the slowest after the first. */
  fastest: number;
  median: number;
  slowest: number;
  /** The first compile of a process, before anything is warm. */
  first: number;
}

/** Changes a parameter and compiles the whole document anew, as an edit in the inspector does. */
export function benchCompile(blocks = 200, runs = 50): CompileFigures {
  let document = largeDocument(blocks);
  const times = Array.from({ length: runs }, (_, i) => {
    document = apply(document, { kind: 'set-param', id: 'dense', name: 'units', value: 10 + i });
    const start = performance.now();
    const { plan } = compile(document);
    const time = performance.now() - start;
    if (!plan) throw new Error('the document of the benchmark has errors');
    return time;
  });
  const [first, ...rest] = times;
  rest.sort((a, b) => a - b);
  return {
    blocks: Object.keys(document.blocks).length,
    first,
    fastest: rest[0],
    median: rest[Math.floor(rest.length / 2)],
    slowest: rest[rest.length - 1],
  };
}

/** Prints the figures; the median is judged. */
export function bench(): boolean {
  const { blocks, first, fastest, median, slowest } = benchCompile();
  console.log(
    `compile of ${blocks} blocks after an edit: fastest ${fastest.toFixed(1)} ms, median ${median.toFixed(1)} ms, ` +
      `slowest ${slowest.toFixed(1)} ms, first of the process ${first.toFixed(1)} ms (asked ≤ 20 ms)`,
  );
  return median <= 20;
}
