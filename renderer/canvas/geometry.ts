/** Owns how large a block is and where its ports sit, from its definition alone: React Flow never has to measure. */
import type { AnyBlockDefinition, Port, Values } from '../../shared/blocks/block';
import type { Block, Document } from '../../shared/document/document';
import { definitionOfBlock, valuesOfBlock } from '../state/blocks';
import { titleOf } from './block-text';
import type { Box } from './lane';

export const GRID = 8;
const MIN_WIDTH = 112;
const MIN_OPERATOR_WIDTH = 88;
/** Room for `17,379 samples, 10 classes`. */
const MIN_DATA_WIDTH = 160;
const MAX_WIDTH = 208;
const TITLE_EXTRA = 10 + 16 + 6 + 12;
const CAPTION_EXTRA = 22;
const NAME_EXTRA = 40;
/** Of the first port below the top: the same on every block, so that ordinary wires are straight. */
export const FIRST_PORT = 42;
const PORT_STEP = 22;

export interface PlacedPort extends Port {
  side: 'input' | 'output';
  y: number;
}

export interface BlockGeometry {
  width: number;
  height: number;
  ports: readonly PlacedPort[];
  /** Names are written where a side has more than one port. */
  named: boolean;
  hasCaption: boolean;
}

let pen: CanvasRenderingContext2D | null = null;
const measured = new Map<string, number>();

function textWidth(text: string, weight: number, size = 12): number {
  const key = `${weight} ${size} ${text}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * 7;
  pen.font = `${weight} ${size}px 'Inter Variable', system-ui, sans-serif`;
  const { width } = pen.measureText(text);
  measured.set(key, width);
  return width;
}

/** Of the label of a wire. */
export const labelWidth = (text: string): number => textWidth(text, 500, 11);

/** A block is never changed in place; only what it is made of may be another one later. */
let known = new WeakMap<Block, { definition: AnyBlockDefinition; geometry: BlockGeometry }>();

/** Widths measured before the font was there are forgotten. */
export function forgetTextWidths(): void {
  measured.clear();
  known = new WeakMap();
}

const place =
  (side: 'input' | 'output') =>
  (port: Port, i: number): PlacedPort => ({ ...port, side, y: FIRST_PORT + i * PORT_STEP });

function widest(
  definition: AnyBlockDefinition,
  values: Values,
  title: string,
  names: { left: readonly Port[]; right: readonly Port[] } | null,
): number {
  const widths = [
    textWidth(title, 600) + TITLE_EXTRA,
    textWidth(definition.caption(values), 400) + CAPTION_EXTRA,
  ];
  if (names) {
    const side = (ports: readonly Port[]) => Math.max(0, ...ports.map((port) => textWidth(port.name, 400)));
    widths.push(side(names.left) + side(names.right) + NAME_EXTRA);
  }
  return Math.max(...widths);
}

export function geometryOf(block: Block): BlockGeometry {
  const definition = definitionOfBlock(block);
  if (!definition) return { width: 144, height: 72, ports: [], named: false, hasCaption: true };
  const before = known.get(block);
  if (before?.definition === definition) return before.geometry;
  const geometry = measure(block, definition);
  known.set(block, { definition, geometry });
  return geometry;
}

function measure(block: Block, definition: AnyBlockDefinition): BlockGeometry {
  const values = valuesOfBlock(block);
  const { inputs, outputs } = definition.ports(values);
  const named = inputs.length > 1 || outputs.length > 1;
  const hasCaption = definition.caption(values) !== '' || definition.behaviour.kind === 'input';
  const isOperator = !named && !hasCaption;
  const { kind } = definition.behaviour;
  const least = isOperator
    ? MIN_OPERATOR_WIDTH
    : kind === 'source' || kind === 'preparation'
      ? MIN_DATA_WIDTH
      : MIN_WIDTH;
  const content = widest(
    definition,
    values,
    titleOf(block, definition),
    named ? { left: inputs, right: outputs } : null,
  );
  const width = Math.min(MAX_WIDTH, Math.max(least, Math.ceil(content / (2 * GRID)) * 2 * GRID));
  const rows = Math.max(inputs.length, outputs.length);
  const hasFoot = kind === 'layer' || kind === 'composite';
  const lines = (hasCaption ? 16 : 0) + (hasFoot ? 18 : 0);
  const height = named ? FIRST_PORT + rows * PORT_STEP + lines - 2 : isOperator ? 52 : 72;
  return {
    width,
    height,
    named,
    hasCaption,
    ports: [...inputs.map(place('input')), ...outputs.map(place('output'))],
  };
}

const boxes = new WeakMap<Document['blocks'], Box[]>();

/** Where every block of the document lies. */
export function boxesOf(blocks: Document['blocks']): Box[] {
  const known = boxes.get(blocks);
  if (known) return known;
  const found = Object.values(blocks).map((block) => {
    const { width, height } = geometryOf(block);
    return { ...block.position, width, height };
  });
  boxes.set(blocks, found);
  return found;
}
