/** Measures compiling: documents of 200 and 1,000 blocks, as a whole and after an edit. */
import { compile } from '../../shared/compiler/compile';
import type { Document, Json } from '../../shared/document/document';
import { apply, type Edit } from '../../shared/document/edits';
import { insertOnWires } from '../../shared/compiler/insert';
import { nextWireId } from '../../shared/document/ids';
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
  /** Milliseconds of a document that was never seen before. */
  full: number;
  /** Milliseconds after the change of a parameter at the end of the network, and at its start. */
  late: number;
  early: number;
  /** Milliseconds after a wire was taken out and drawn again. */
  wire: number;
  /** Milliseconds after a block was put in between two others. */
  insert: number;
  /** Milliseconds of the first compile of a process, before anything is warm. */
  first: number;
}

const middle = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

function timed(document: Document): number {
  const start = performance.now();
  const { plan } = compile(document);
  const time = performance.now() - start;
  if (!plan) throw new Error('the document of the benchmark has errors');
  return time;
}

/** The same document made of other objects, so that nothing of it is remembered. */
const anew = (document: Document) => JSON.parse(JSON.stringify(document)) as Document;

export function benchCompile(blocks: number, runs: number): CompileFigures {
  let document = largeDocument(blocks);
  const first = timed(document);
  const after = (id: string, name: string, value: Json) => {
    document = apply(document, { kind: 'set-param', id, name, value });
    return timed(document);
  };
  /** The last wire of the network, under another name: everything is tied again. */
  const rewired = () => {
    const [id, wire] = Object.entries(document.wires).find(([, { from }]) => from.block === 'softmax') ?? [];
    if (id === undefined || !wire) throw new Error('the document of the benchmark has no such wire');
    const edits: Edit[] = [
      { kind: 'remove-wire', id },
      { kind: 'add-wire', id: nextWireId(document), wire },
    ];
    document = edits.reduce(apply, document);
    return timed(document);
  };
  /** A dropout before the last layer, taken out again before the next round. */
  const inserted = () => {
    const [id, wire] = Object.entries(document.wires).find(([, { to }]) => to.block === 'softmax') ?? [];
    if (id === undefined || !wire) throw new Error('the document of the benchmark has no such wire');
    const before = document;
    const edit = insertOnWires(document, [id], { type: 'Dropout' });
    if (!edit) throw new Error('nothing can be inserted there');
    const time = timed(apply(document, edit));
    document = before;
    timed(document);
    return time;
  };
  const rounds = Array.from({ length: runs }, (_, i) => ({
    full: timed(anew(document)),
    // The document of the round before is remembered again.
    warm: timed(document),
    late: after('dense', 'units', 10 + i),
    early: after('conv2d', 'kernel_size', [3 + 2 * (i % 2), 3]),
    wire: rewired(),
    insert: inserted(),
  }));
  const of = (figure: 'full' | 'late' | 'early' | 'wire' | 'insert') =>
    middle(rounds.map((round) => round[figure]));
  return {
    blocks: Object.keys(document.blocks).length,
    full: of('full'),
    late: of('late'),
    early: of('early'),
    wire: of('wire'),
    insert: of('insert'),
    first,
  };
}

const ms = (time: number) => `${time.toFixed(1)} ms`;

/** Prints the figures of 200 and 1,000 blocks; the middle ones of 1,000 blocks are judged. */
export function bench(): boolean {
  const figures = [benchCompile(200, 30), benchCompile(1000, 30)];
  for (const { blocks, full, late, early, wire, insert, first } of figures)
    console.log(
      `${blocks} blocks: full ${ms(full)}, an edit at the end ${ms(late)} (${(full / late).toFixed(1)} times faster), ` +
        `an edit at the start ${ms(early)}, a wire drawn anew ${ms(wire)}, a block put in between ${ms(insert)}; first of the process ${ms(first)}`,
    );
  const { full, ...edits } = figures[1];
  console.log('asked of 1,000 blocks: full ≤ 50 ms, an edit ≤ 5 ms');
  return full <= 50 && Math.max(edits.late, edits.early, edits.wire, edits.insert) <= 5;
}
