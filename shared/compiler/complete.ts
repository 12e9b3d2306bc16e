/**
 * Owns the network that data ask for: what lies between a data set and Train, drawn in one edit as far as it is not there
 * yet. It is a sensible beginning for the task, not the best network: sizes follow from the columns and the rows.
 */
import { arranged } from '../architectures/arrange';
import { defaultsOf, definitionOf } from '../blocks/catalogue';
import type { Block, BlockId, Document, Endpoint, Json, Wire, WireId } from '../document/document';
import { columnsOfRole, type ColumnFacts, type DataFacts } from '../document/facts';
import type { Edit } from '../document/edits';
import { nextId, nextWireIds } from '../document/ids';
import type { Fix } from './diagnostic';
import { linksTo, type Node } from './graph';
import { newBlock } from './insert';
import { nodesOfKind, openInputs, type Network } from './network';
import { roomForAll } from './room';
import { activationOf, shaperOf } from './rules/activations';
import { isLarge, isPicture } from './rules/data-unscaled';
import type { Shape } from './shape';
import { suggestLoss, targetOf } from './suggest-loss';

type Step = readonly [type: string, params?: Record<string, Json>];

const GAP = 240;

/** Blocks and wires that are to be added to a document. */
class Addition {
  readonly blocks: Record<BlockId, Block> = {};
  private readonly ties: Wire[] = [];

  constructor(private readonly document: Document) {}

  add([type, params = {}]: Step, from: Readonly<Record<string, Endpoint>> = {}): Endpoint {
    const id = nextId(this.document, type, new Set(Object.keys(this.blocks)));
    this.blocks[id] = newBlock(type, { x: 0, y: 0 }, params);
    for (const [port, end] of Object.entries(from)) this.tie(end, { block: id, port });
    const output =
      definitionOf(type)
        ?.ports({ ...defaultsOf(type), ...params })
        .outputs.at(0)?.name ?? '';
    return { block: id, port: output };
  }

  chain(from: Endpoint, port: string, steps: readonly Step[]): Endpoint {
    return steps.reduce((last, step) => this.add(step, { [port]: last }), from);
  }

  tie(from: Endpoint, to: Endpoint): void {
    this.ties.push({ from, to });
  }

  /** The new blocks stand to the right of `after`, or below where others are in the way. */
  edit(after: BlockId, label: string): Edit {
    const { blocks } = this.document;
    const ids = nextWireIds(this.document, this.ties.length);
    const wires: Record<WireId, Wire> = Object.fromEntries(this.ties.map((wire, i) => [ids[i], wire]));
    const places = arranged({ blocks: this.blocks, wires: withoutOuter(wires, this.blocks) });
    const start = blocks[after].position;
    const wanted = [...places].map(([id, { x, y }]) => ({ id, x: start.x + GAP + x, y: start.y + y }));
    const down = roomForAll(this.document, wanted);
    return {
      kind: 'batch',
      label,
      edits: [
        ...wanted.map(({ id, x, y }): Edit => ({
          kind: 'add-block',
          id,
          block: { ...this.blocks[id], position: { x, y: y + down } },
        })),
        ...Object.entries(wires).map(([id, wire]): Edit => ({ kind: 'add-wire', id, wire })),
      ],
    };
  }
}

const withoutOuter = (wires: Record<WireId, Wire>, blocks: Record<BlockId, Block>) =>
  Object.fromEntries(
    Object.entries(wires).filter(
      ([, { from, to }]) => Object.hasOwn(blocks, from.block) && Object.hasOwn(blocks, to.block),
    ),
  );

const isText = ({ dtype }: ColumnFacts) => dtype === 'string';
const isClass = ({ classes, encoding }: ColumnFacts) => encoding === 'index' && classes !== undefined;

/** Words that a small vocabulary holds, and how many of them are read of each text. */
const TEXT = { max_tokens: 1000, output_sequence_length: 40 };

/** What the columns need before a network can read them. */
function preparations(facts: DataFacts, inputs: readonly ColumnFacts[]): Step[] {
  const classes = inputs.filter(isClass).map(({ name }) => name);
  const numbers = inputs.filter((column) => !isClass(column) && !isText(column));
  return [
    ...(facts.parts.validation === 0 ? [['Split'] as const] : []),
    ...(classes.length > 0 ? [['OneHot', { columns: classes }] as const] : []),
    ...(inputs.every(isText) ? [['TextVectorization', TEXT] as const] : []),
    ...(numbers.some(isPicture) ? [['Scale'] as const] : []),
    ...(numbers.some((column) => !isPicture(column) && (isLarge(column) || column.shape.length === 0))
      ? [['Standardize'] as const]
      : []),
  ];
}

/** Rows from which a wider network finds enough to learn from. */
const MANY_ROWS = 1000;

/** By the axes of what comes in: a table, a sequence, a picture. */
function hiddenLayers(shape: Shape, rows: number): Step[] {
  const relu = { activation: 'relu' };
  if (shape.length === 4)
    return [
      ['Conv2D', { filters: 16, padding: 'same', ...relu }], ['MaxPooling2D'],
      ['Conv2D', { filters: 32, padding: 'same', ...relu }], ['MaxPooling2D'],
      ['Flatten'], ['Dense', { units: 64, ...relu }], ['Dropout', { rate: 0.3 }],
    ]; // prettier-ignore
  if (shape.length === 3) return [['LSTM', { units: 32 }]];
  return rows < MANY_ROWS
    ? [['Dense', { units: 16, ...relu }]]
    : [['Dense', { units: 64, ...relu }], ['Dense', { units: 32, ...relu }]]; // prettier-ignore
}

const READS_WORDS: readonly Step[] = [
  ['Embedding', { input_dim: TEXT.max_tokens, output_dim: 16, mask_zero: true }],
  ['GlobalAveragePooling1D'],
  ['Dense', { units: 16, activation: 'relu' }],
];

interface Answer {
  width: number;
  squash: 'Softmax' | 'Sigmoid' | null;
}

/** One value for yes or no and for a number, one per class where there are more. */
function answerOf({ classes, encoding, shape }: ColumnFacts): Answer {
  if (!classes) return { width: shape.at(-1) ?? 1, squash: null };
  return classes.length === 2 && encoding === 'index'
    ? { width: 1, squash: 'Sigmoid' }
    : { width: classes.length, squash: 'Softmax' };
}

/** Small tables are gone through more often, so that the steps add up to about the same. */
const STEPS = 2000;
const BATCH = 32;
const epochsFor = (rows: number): number =>
  Math.min(100, Math.max(5, Math.round(STEPS / Math.ceil(Math.max(1, rows) / BATCH) / 5) * 5));

interface Beginning {
  /** The last block that is there: new ones follow it. */
  after: Node;
  facts: DataFacts;
  /** Data that Input and the labels read. */
  data: Endpoint;
  /** Where the network ends so far; null while there is no Input. */
  end: { node: Node; output: Endpoint } | null;
}

const outputOf = (node: Node): Endpoint => ({ block: node.id, port: node.ports.outputs[0].name });

const isLoose = (node: Node) => node.outputs.length === 0 && node.ports.outputs.length === 1;

/** The one loose end of what is drawn: of a network, or of data that nothing reads yet. Null where it is not plain what is meant. */
function beginningOf(network: Network): Beginning | null {
  const { graph, facts, shapes, broken } = network;
  const inputs = nodesOfKind(graph, 'input');
  const layers = nodesOfKind(graph, 'layer');
  if (inputs.length > 1 || [...inputs, ...layers].some(({ id }) => broken.has(id))) return null;
  if (inputs.length === 0) {
    const ends = graph.order.filter((node) => facts.has(node.id) && isLoose(node) && !broken.has(node.id));
    const known = ends.length === 1 && layers.length === 0 ? facts.get(ends[0].id) : undefined;
    return known ? { after: ends[0], facts: known, data: outputOf(ends[0]), end: null } : null;
  }
  const [link] = linksTo(inputs[0], 'data');
  const known = link && facts.get(link.from.block);
  const ends = [...inputs, ...layers].filter((node) => isLoose(node) && shapes.has(node.id));
  if (!known || ends.length !== 1) return null;
  return {
    after: ends[0],
    facts: known,
    data: link.from,
    end: { node: ends[0], output: outputOf(ends[0]) },
  };
}

/** The shape of the prepared columns, as far as the kind of network depends on it. */
const drawnShape = ([first]: readonly ColumnFacts[]): Shape => [
  null,
  ...(first.shape.length > 0 ? first.shape : [1]),
];

/** Texts that nothing learns from before they are cut into words. */
function unreadTexts(facts: DataFacts): readonly ColumnFacts[] {
  const areWords = facts.problems.some(({ code }) => code === 'data/text-column');
  return areWords ? columnsOfRole(facts, 'ignore').filter(isText) : [];
}

/** Columns that can be read side by side: texts only where there is nothing else. */
function readable(facts: DataFacts): readonly ColumnFacts[] {
  const inputs = columnsOfRole(facts, 'input');
  if (inputs.length === 0) return unreadTexts(facts);
  return inputs.every(isText) ? inputs : inputs.filter((column) => !isText(column));
}

export interface Completion {
  fix: Fix;
  /** The block that the new ones follow. */
  after: Node;
}

/** Draws what is missing between the data and Train. Null where there is more than one way to go on. */
export function completion(network: Network): Completion | null {
  const beginning = beginningOf(network);
  const trains = nodesOfKind(network.graph, 'train');
  const target = beginning ? targetOf(beginning.facts) : undefined;
  if (!beginning || !target || isText(target) || trains.length > 1) return null;
  if (nodesOfKind(network.graph, 'loss').length > 0 || readable(beginning.facts).length === 0) return null;
  const addition = new Addition(network.graph.document);
  const { data, end } = withNetwork(network, addition, beginning, answerOf(target));
  const loss = addition.add([end.loss.type, end.loss.params], { prediction: end.output, labels: data });
  withTrain(addition, trains.at(0), loss, beginning.facts, end.isTable);
  const label =
    beginning.end === null ? `Draw a network for ${beginning.facts.source}` : 'Draw the rest of the network';
  return { fix: { label, edit: addition.edit(beginning.after.id, label) }, after: beginning.after };
}

/** From the data to the last layer. */
function withNetwork(network: Network, addition: Addition, beginning: Beginning, answer: Answer) {
  const { facts, end } = beginning;
  const columns = readable(facts);
  const isPartly = columns.length < columnsOfRole(facts, 'input').length;
  const data = end ? beginning.data : addition.chain(beginning.data, 'data', preparations(facts, columns));
  const input =
    end?.output ??
    addition.add(['Input', isPartly ? { columns: columns.map(({ name }) => name) } : {}], { data });
  const shape = (end && network.shapes.get(end.node.id)) ?? drawnShape(columns);
  const target = targetOf(facts);
  const shaper = end && shaperOf(network.graph, end.node);
  const isBare = end === null || end.node.definition.behaviour.kind === 'input';
  if (!isBare && shape.length === 2 && shape[1] === answer.width) {
    const loss = suggestLoss({ activation: shaper && activationOf(shaper), shape }, target);
    return { data, end: { output: input, loss, isTable: true } };
  }
  const hidden = columns.every(isText) ? READS_WORDS : hiddenLayers(shape, facts.parts.train);
  const output = addition.chain(input, 'input', [
    ...(isBare ? hidden : shape.length > 2 ? ([['Flatten']] as const) : []),
    ['Dense', { units: answer.width }],
    ...(answer.squash ? ([[answer.squash]] as const) : []),
  ]);
  const activation = answer.squash?.toLowerCase() ?? null;
  const loss = suggestLoss({ activation, shape: [null, answer.width] }, target);
  return { data, end: { output, loss, isTable: shape.length === 2 } };
}

/** Adam and Train, as far as they are not there. Small tables learn well with longer steps than Keras' default. */
function withTrain(
  addition: Addition,
  train: Node | undefined,
  loss: Endpoint,
  facts: DataFacts,
  isTable: boolean,
) {
  const params = { epochs: epochsFor(facts.parts.train), batch_size: BATCH };
  const id = train?.id ?? addition.add(['Train', params]).block;
  addition.tie(loss, { block: id, port: 'loss' });
  if (train && !openInputs(train).includes('optimizer')) return;
  const optimizer = addition.add(['Adam', isTable ? { learning_rate: 0.01 } : {}]);
  addition.tie(optimizer, { block: id, port: 'optimizer' });
}
