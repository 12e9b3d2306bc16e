/** Draws whole projects: data, a random network, losses, optimizers and Train blocks. The same seed draws the same one. */
import { catalogue } from '../../../shared/blocks/catalogue';
import type { AnyBlockDefinition } from '../../../shared/blocks/block';
import { trainParameters } from '../../../shared/blocks/training/train';
import type { Plan } from '../../../shared/compiler/plan';
import { emptyDocument, type Composite, type Document, type Json } from '../../../shared/document/document';
import { nextId } from '../../../shared/document/ids';
import { RandomStream } from '../../../shared/random/random';
import { Drawing } from '../../shared/draw';
import { CLASSES, facts, READINGS, SYMBOLS, TARGETS } from './random-data';
import { drawLayers, LAYERS, type End } from './random-layers';
import { chance, pick, valuesFor } from './random-values';

export interface RandomProject {
  seed: number;
  document: Document;
  plan: Plan;
}

const ofKind = (kind: string): AnyBlockDefinition[] =>
  Object.values(catalogue).filter(({ behaviour }) => behaviour.kind === kind);
const LOSSES = ofKind('loss');
const OPTIMIZERS = ofKind('optimizer');
const BATCHES = [4, 5, 7, 9, 12, 16, 36, 50];

const at = (x: number, type: string, params: Record<string, Json>) => ({
  type,
  version: 1,
  title: '',
  params,
  position: { x, y: 0 },
});

/** Two layers that keep the shape, as one block that can be repeated. */
function composite(random: RandomStream, width: number): Composite {
  const second = pick(random, [
    'Dropout',
    'LayerNormalization',
    'BatchNormalization',
    'GaussianNoise',
    'ReLU',
    'UnitNormalization',
  ]);
  return {
    title: 'Pair',
    blocks: {
      a: at(0, 'Dense', { units: width, activation: pick(random, ['tanh', 'relu', 'gelu']) }),
      b: at(200, second, {}),
    },
    wires: { w1: { from: { block: 'a', port: 'output' }, to: { block: 'b', port: 'input' } } },
    ports: {
      inputs: { input: { block: 'a', port: 'input' } },
      outputs: { output: { block: 'b', port: 'output' } },
    },
    exposed: {},
  };
}

function drawComposite(random: RandomStream, drawing: Drawing, ends: End[]): void {
  const end = ends[ends.length - 1];
  const width = end.shape.at(-1);
  if (end.shape.length < 2 || typeof width !== 'number') return;
  drawing.document = { ...drawing.document, composites: { pair: composite(random, width) } };
  drawing
    .place('pair', { repeat: 1 + random.below(3) }, { id: 'repeated' })
    .wire(`${end.id}.${end.port}`, 'repeated');
  ends.push({ id: 'repeated', port: 'output', shape: end.shape });
}

/** The ends that nothing reads, side by side as one vector. */
function joined(drawing: Drawing, ends: readonly End[]): End {
  const read = new Set(Object.values(drawing.document.wires).map(({ from }) => `${from.block}.${from.port}`));
  const loose = ends.filter(({ id, port }) => !read.has(`${id}.${port}`)).slice(-3);
  const asVector = (end: End): End => {
    if (end.shape.length === 2) return end;
    const [type, params] = end.shape.length === 1 ? ['Reshape', { target_shape: [1] }] : ['Flatten', {}];
    const id = nextId(drawing.document, type);
    drawing.place(type, params, { id }).wire(`${end.id}.${end.port}`, id);
    return { id, port: 'output', shape: drawing.compile().blocks[id].output ?? [] };
  };
  const flat = (loose.length > 0 ? loose : ends.slice(-1)).map(asVector);
  if (flat.length === 1) return flat[0];
  const id = nextId(drawing.document, 'Concatenate');
  drawing.place('Concatenate', {}, { id });
  for (const end of flat) drawing.wire(`${end.id}.${end.port}`, id);
  return { id, port: 'output', shape: drawing.compile().blocks[id].output ?? [] };
}

const ACTIVATIONS: Readonly<Record<string, string>> = {
  softmax: 'softmax',
  'softmax or sigmoid': 'softmax',
  sigmoid: 'sigmoid',
  positive: 'softplus',
};

/** A head and a loss that fit each other and some column, or null. */
function tryLoss(random: RandomStream, drawing: Drawing, end: End): string | null {
  const before = drawing.document;
  const definition = pick(random, LOSSES);
  const { type, behaviour } = definition;
  if (behaviour.kind !== 'loss') throw new Error(`${type} is no loss`);
  const params = {
    ...valuesFor(random, definition.parameters),
    ...(type === 'FormulaLoss'
      ? { formula: pick(random, ['abs(p - y)', 'd = p - y; where(abs(d) < 1, d^2 / 2, abs(d) - 0.5)']) }
      : {}),
    column: [pick(random, TARGETS)],
    sample_weight: chance(random, 0.2) ? ['weight'] : [],
  };
  const reads = behaviour.reads({ ...params });
  const head = nextId(before, 'Dense');
  const id = nextId(before, type);
  drawing
    .place(
      'Dense',
      { units: pick(random, [1, 3, CLASSES, SYMBOLS]), activation: ACTIVATIONS[reads] ?? 'linear' },
      { id: head },
    )
    .wire(`${end.id}.${end.port}`, head)
    .place(type, params, { id })
    .wire(head, `${id}.prediction`)
    .wire('data', id);
  const { blocks, diagnostics } = drawing.compile();
  const isWrong = diagnostics.some(
    ({ block, severity, code }) =>
      (block === id || block === head) && severity === 'error' && !code.startsWith('graph/'),
  );
  if (!isWrong && blocks[id].severity !== 'error') return id;
  drawing.document = before;
  return null;
}

function drawLoss(random: RandomStream, drawing: Drawing, end: End): string {
  for (let tries = 0; tries < 200; tries++) {
    const made = tryLoss(random, drawing, end);
    if (made !== null) return made;
  }
  throw new Error('no loss fits');
}

function drawOptimizer(random: RandomStream, drawing: Drawing): string {
  const definition = pick(random, OPTIMIZERS);
  const id = nextId(drawing.document, definition.type);
  drawing.place(definition.type, valuesFor(random, definition.parameters, 0.25), { id });
  return id;
}

/** Blocks that have something to learn. */
const learning = (drawing: Drawing): string[] =>
  Object.entries(drawing.compile().blocks)
    .filter(([, { trainableParameters }]) => trainableParameters > 0)
    .map(([id]) => id);

function drawTrain(
  random: RandomStream,
  drawing: Drawing,
  losses: readonly string[],
  optimizer: string,
  more: Record<string, Json>,
): void {
  const { shuffle, class_weight, restore_best_weights, metrics, early_stopping } = trainParameters;
  const id = nextId(drawing.document, 'Train');
  drawing.place(
    'Train',
    {
      ...valuesFor(random, { shuffle, class_weight, restore_best_weights, metrics, early_stopping }, 0.3),
      epochs: 2,
      batch_size: pick(random, BATCHES),
      ...more,
    },
    { id },
  );
  for (const loss of losses) drawing.wire(loss, id);
  drawing.wire(optimizer, id);
}

function drawTraining(random: RandomStream, drawing: Drawing, losses: readonly string[]): void {
  if (losses.length === 1 || chance(random, 0.6))
    return drawTrain(random, drawing, losses, drawOptimizer(random, drawing), {});
  const blocks = learning(drawing);
  const stage = 1 + random.below(2);
  losses.forEach((loss, i) => {
    const trainable = blocks.filter(() => chance(random, 0.6));
    drawTrain(random, drawing, [loss], drawOptimizer(random, drawing), {
      stage: i === 0 ? 1 : stage,
      steps_per_turn: 1 + random.below(2),
      ...(trainable.length > 0 && chance(random, 0.7) ? { trainable } : {}),
    });
  });
}

/** What was drawn is no network that the compiler takes. */
export interface Refused {
  seed: number;
  because: string[];
}

/** So many projects that compile, from this seed on. */
export function randomProjects(count: number, from: number): RandomProject[] {
  const projects: RandomProject[] = [];
  for (let seed = from; projects.length < count; seed++) {
    const drawn = randomProject(seed);
    if ('plan' in drawn) projects.push(drawn);
  }
  return projects;
}

/** `without`: types of layers that are not to be drawn. */
export function randomProject(
  seed: number,
  without: ReadonlySet<string> = new Set(),
): RandomProject | Refused {
  const random = new RandomStream(seed, 'random networks', 'project');
  const drawing = new Drawing(emptyDocument(`random-network-${seed}`, '0.0.0'));
  drawing.place('Digits', {}, { id: 'data', facts });
  const ends: End[] = [];
  for (let inputs = 1 + random.below(2), i = 0; i < inputs; i++) {
    const id = nextId(drawing.document, 'Input');
    drawing.place('Input', { columns: pick(random, READINGS) }, { id }).wire('data', id);
    ends.push({ id, port: 'output', shape: drawing.compile().blocks[id].output ?? [] });
  }
  const layers = LAYERS.filter(({ type }) => !without.has(type));
  drawLayers(random, drawing, ends, { layers, count: 2 + random.below(4) });
  if (chance(random, 0.3)) drawComposite(random, drawing, ends);
  drawLayers(random, drawing, ends, { layers, count: 1 + random.below(3) });
  const last = joined(drawing, ends);
  const losses = Array.from({ length: chance(random, 0.35) ? 2 : 1 }, () => drawLoss(random, drawing, last));
  drawTraining(random, drawing, losses);
  const { plan, diagnostics } = drawing.compile();
  if (plan !== null) return { seed, document: drawing.document, plan };
  return {
    seed,
    because: diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, block, message }) => `${code} ${block}: ${message}`),
  };
}
