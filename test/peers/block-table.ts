/** Owns the table of what was compared of each layer, loss and optimizer of the catalogue, and how far the peers were apart. */
import type { AnyBlockDefinition } from '../../shared/blocks/block';
import type { Plan } from '../../shared/compiler/plan';
import { CHANCE, HELD_ELSEWHERE } from './held-elsewhere';
import { blocksOfLayer, isTrained, kerasOf, othersOf, trainedBlocks, type Kind } from './plan-blocks';

/** Largest relative differences within one network. */
export interface Differences {
  /** Of the loss and of the prediction before anything was learned. */
  loss: number;
  forward: number;
  /** Of the first gradient by each weight. */
  gradient: number;
  /** Of the weights after 3 steps. */
  update: number;
}

interface Row extends Differences {
  networks: number;
  /** Output shapes and weights of this block that were found alike. */
  shapes: number;
  parameters: number;
}

/** What says something about a block of this kind; the forward figure of a loss is its value. */
const FIGURES: Readonly<Record<Kind, readonly (keyof Row | null)[]>> = {
  layer: ['shapes', 'parameters', 'forward', 'gradient', 'update'],
  loss: [null, null, 'loss', 'gradient', 'update'],
  optimizer: [null, null, null, null, 'update'],
};
type Compared = readonly { plan: Plan; differences: Differences }[];

/** By block: the worst of all networks in which it takes part. */
function rowsOf(compared: Compared): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const { plan, differences } of compared) {
    const met = new Set<string>();
    const meet = (type: string, shapes: number, parameters: number) => {
      const { loss, forward, gradient, update } = differences;
      const before = rows.get(type) ?? { networks: 0, shapes: 0, parameters: 0, loss: 0, forward: 0, gradient: 0, update: 0 }; // prettier-ignore
      rows.set(type, {
        networks: before.networks + (met.has(type) ? 0 : 1),
        shapes: before.shapes + shapes,
        parameters: before.parameters + parameters,
        loss: Math.max(before.loss, loss),
        forward: Math.max(before.forward, forward),
        gradient: Math.max(before.gradient, gradient),
        update: Math.max(before.update, update),
      });
      met.add(type);
    };
    for (const layer of plan.layers)
      for (const type of blocksOfLayer(layer)) meet(type, 1, layer.weights.length);
    for (const type of othersOf(plan)) meet(type, 0, 0);
  }
  return rows;
}

const cell = (value: number | undefined): string =>
  (value === undefined ? '–' : Number.isInteger(value) ? String(value) : value.toExponential(0)).padStart(11);
const line = (block: string, cells: readonly string[], last: string) =>
  `${block.padEnd(35)}${cells.join('')}   ${last}`;

function cellsOf({ behaviour }: AnyBlockDefinition, row: Row): string[] {
  const figures = isTrained(behaviour.kind) ? FIGURES[behaviour.kind] : [];
  return figures.map((figure) => cell(figure === null ? undefined : row[figure]));
}

const isOwn = (definition: AnyBlockDefinition): boolean => kerasOf(definition)?.registered_name !== undefined;

function peerOf(definition: AnyBlockDefinition, { networks }: Row): string {
  const chance = CHANCE[definition.type] as string | undefined;
  const peer = isOwn(definition) ? 'the same layer in Python' : 'Keras';
  const count = `${networks} ${networks === 1 ? 'network' : 'networks'}`;
  return `${peer}, ${count}${chance ? ` without chance, which is in ${chance}` : ''}`;
}

/** One line for each block, their sum, and the blocks that have neither peer nor another test. */
export function blockTable(compared: Compared): { lines: string[]; missing: string[] } {
  const rows = rowsOf(compared);
  const missing: string[] = [];
  const lines = trainedBlocks.map((definition) => {
    const { type } = definition;
    const row = rows.get(type);
    if (row !== undefined) return line(type, cellsOf(definition, row), peerOf(definition, row));
    const held = type in HELD_ELSEWHERE ? HELD_ELSEWHERE[type] : null;
    if (held === null) missing.push(type);
    return line(type, [], held === null ? 'NOT COMPARED' : `${held.figures}: ${held.to} (${held.test})`);
  });
  const peers = trainedBlocks.filter(({ type }) => rows.has(type));
  const own = peers.filter(isOwn).length;
  const most = (figure: keyof Differences) =>
    `${figure} ${Math.max(...compared.map(({ differences }) => differences[figure])).toExponential(1)}`;
  return {
    lines: [
      'Shapes and parameters that were alike; largest relative differences of forward pass, gradient and weights after 3 steps.',
      line('block', ['shape', 'parameters', 'forward', 'gradient', 'update'].map((word) => word.padStart(11)), 'compared with'),
      ...lines,
      `${trainedBlocks.length} blocks in ${compared.length} networks: ${peers.length - own} with Keras, ${own} written again in Python, ${trainedBlocks.length - peers.length - missing.length} held elsewhere, ${missing.length} missing`,
      `largest differences: ${(['loss', 'forward', 'gradient', 'update'] as const).map(most).join(', ')}`,
    ],
    missing,
  }; // prettier-ignore
}
