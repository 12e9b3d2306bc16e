/**
 * Owns the ways of all wires of a drawing together: wires that have nothing to do with each other run beside each other, not
 * upon each other, and a label stands where no other wire runs through it.
 */
import type { Document, Endpoint, Wire, WireId } from '../../shared/document/document';
import { boxesOf, geometryOf } from './geometry';
import { crossings, OFFSET, wayAlong, type Box, type Ends, type Way } from './lane';
import { laneOf, MOST_BLOCKS } from './wire-path';

/** A straight piece of a wire: upright at `at` = x, level at `at` = y. */
interface Piece {
  wire: WireId;
  from: string;
  to: string;
  at: number;
  start: number;
  end: number;
}

export interface Ways {
  /** null: the wire is drawn plainly. */
  of: ReadonlyMap<WireId, { ends: Ends; way: Way | null }>;
  upright: readonly Piece[];
}

/** Closer than this two wires look like one. */
const APART = 7;
const BESIDE = [0, 8, -8, 16, -16, 24, -24] as const;
const TURNS = [OFFSET, 16, 32, 40, 48] as const;

const keyOf = ({ block, port }: Endpoint): string => `${block}/${port}`;

/** Wires from one output, or to one input, may run together: they belong together. */
const collides = (a: Piece, b: Piece): boolean =>
  a.from !== b.from &&
  a.to !== b.to &&
  Math.abs(a.at - b.at) < APART &&
  a.start < b.end - 1 &&
  b.start < a.end - 1;

function endsOf(document: Document, { from, to }: Wire): Ends | null {
  const [source, target] = [document.blocks[from.block], document.blocks[to.block]];
  if (!source || !target) return null;
  const [before, after] = [geometryOf(source), geometryOf(target)];
  const output = before.ports.find(({ side, name }) => side === 'output' && name === from.port);
  const input = after.ports.find(({ side, name }) => side === 'input' && name === to.port);
  if (!output || !input) return null;
  return {
    sourceX: source.position.x + before.width,
    sourceY: source.position.y + output.y,
    targetX: target.position.x,
    targetY: target.position.y + input.y,
  };
}

class Drawn {
  readonly of = new Map<WireId, { ends: Ends; way: Way | null }>();
  readonly level: Piece[] = [];
  readonly upright: Piece[] = [];

  constructor(private readonly boxes: readonly Box[]) {}

  private readonly isFree = (pieces: readonly Piece[], piece: Piece) =>
    !pieces.some((other) => collides(piece, other));

  add(wire: WireId, { from, to }: Wire, ends: Ends, lane: number): void {
    const { sourceX, sourceY, targetX, targetY } = ends;
    const piece = (at: number, a: number, b: number): Piece => ({
      wire,
      from: keyOf(from),
      to: keyOf(to),
      at,
      start: Math.min(a, b),
      end: Math.max(a, b),
    });
    const least = this.boxes.length > MOST_BLOCKS ? Infinity : crossings(this.boxes, ends, wayAlong(lane));
    const isNoWorse = (way: Way) => least === Infinity || crossings(this.boxes, ends, way) <= least;
    const levelAt = ({ lane: y, out, into }: Way) => piece(y, sourceX + out, targetX - into);
    const outAt = ({ lane: y, out }: Way) => piece(sourceX + out, sourceY, y);
    const intoAt = ({ lane: y, into }: Way) => piece(targetX - into, targetY, y);

    let way = wayAlong(lane);
    const choose = (ways: readonly Way[], pieces: readonly Piece[], at: (way: Way) => Piece) => {
      way = ways.find((one) => this.isFree(pieces, at(one)) && isNoWorse(one)) ?? way;
    };
    choose(
      BESIDE.map((dy) => ({ ...way, lane: lane + dy })),
      this.level,
      levelAt,
    );
    choose(
      TURNS.map((out) => ({ ...way, out })),
      this.upright,
      outAt,
    );
    choose(
      TURNS.map((into) => ({ ...way, into })),
      this.upright,
      intoAt,
    );
    this.of.set(wire, { ends, way });
    this.level.push(levelAt(way));
    this.upright.push(outAt(way), intoAt(way));
  }
}

const known = new WeakMap<Document['blocks'], { wires: Document['wires']; ways: Ways }>();

/** Found again when blocks or wires have changed, not while blocks are dragged. */
export function waysOf(document: Document): Ways {
  const before = known.get(document.blocks);
  if (before && before.wires === document.wires) return before.ways;
  const boxes = boxesOf(document.blocks);
  const drawn = new Drawn(boxes);
  for (const [id, wire] of Object.entries(document.wires)) {
    const ends = endsOf(document, wire);
    const lane = ends && laneOf(boxes, ends);
    if (ends && lane === null) drawn.of.set(id, { ends, way: null });
    else if (ends && lane !== null) drawn.add(id, wire, ends, lane);
  }
  known.set(document.blocks, { wires: document.wires, ways: drawn });
  return drawn;
}

/** What is measured on the screen differs from what is reckoned by parts of a pixel. */
const near = (a: number, b: number): boolean => Math.abs(a - b) < 2;
const sameEnds = (a: Ends, b: Ends): boolean =>
  near(a.sourceX, b.sourceX) &&
  near(a.sourceY, b.sourceY) &&
  near(a.targetX, b.targetX) &&
  near(a.targetY, b.targetY);

/** The way of one wire as it is drawn now. While its block is dragged it looks for a lane alone. */
export function wayOf(document: Document, wire: WireId, ends: Ends): Way | null {
  const found = waysOf(document).of.get(wire);
  if (found && sameEnds(found.ends, ends)) return found.way;
  const lane = laneOf(boxesOf(document.blocks), ends);
  return lane === null ? null : wayAlong(lane);
}

/** Between a label and a wire that passes it. */
const CLEAR = 5;
const HALF_LINE = 9;

/** The middle of a label between the ends of its wire, nearest to the wanted one, where no upright piece runs through it. */
export function clearOf(
  { upright }: Ways,
  wire: WireId,
  { x, y }: { x: number; y: number },
  width: number,
  { sourceX, targetX }: Ends,
): number {
  const [least, most] = [Math.min(sourceX, targetX), Math.max(sourceX, targetX)];
  const reach = width / 2 + CLEAR;
  const passing = upright.filter(
    (piece) => piece.wire !== wire && piece.start < y + HALF_LINE && piece.end > y - HALF_LINE,
  );
  const isClear = (middle: number) => passing.every(({ at }) => Math.abs(at - middle) >= reach);
  const candidates = [x, ...passing.flatMap(({ at }) => [at - reach, at + reach])]
    .filter((middle) => middle - width / 2 >= least && middle + width / 2 <= most && isClear(middle))
    .sort((a, b) => Math.abs(a - x) - Math.abs(b - x));
  return candidates[0] ?? x;
}
