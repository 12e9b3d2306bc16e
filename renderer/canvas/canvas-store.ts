/** Owns what the canvas shows beside the document: the view, an open popover or menu, a wire that is being drawn. */
import { create } from 'zustand';
import type { Document, Endpoint, Point } from '../../shared/document/document';
import type { CanvasView } from './block-text';
import type { Heat } from './heat';

export type Side = 'input' | 'output';

/** A wire that is being drawn: where it begins, and why it may not end at the other ports. */
export interface Drawing {
  from: Endpoint;
  side: Side;
  /** By `block/port`: null where the wire may end, else the reason. */
  answers: ReadonlyMap<string, string | null>;
}

/** The search at a point of the window. */
export interface Search {
  /** In the window, for the popup. */
  at: Point;
  /** On the canvas, for the block. */
  position: Point;
  /** The end of a wire that was dropped in the void: only what fits is offered. */
  from?: { end: Endpoint; side: Side };
  /** Asked for by keys: the block follows the selected one, as from the palette. */
  byKeys?: boolean;
}

export type MenuTarget =
  | { kind: 'canvas' }
  | { kind: 'block'; id: string }
  | { kind: 'wire'; id: string }
  | { kind: 'note'; id: string };

export interface CanvasState {
  view: CanvasView;
  /** What the cost view tells. */
  heat: Heat;
  /** The block whose problems are spelled out. */
  problemsOf: string | null;
  search: Search | null;
  menu: { at: Point; position: Point; target: MenuTarget } | null;
  drawing: Drawing | null;
  /** The wire that a dragged block would be inserted in. */
  insertInto: string | null;
  /** A block that is dragged from the palette. */
  placing: { type: string; at: Point } | null;
  /** The end of a wire that is drawn by keyboard: its menu offers the ports that fit. */
  keyboardWire: { from: Endpoint; side: Side } | null;
  /** A block that a panel wants to be seen. */
  reveal: string | null;
}

export const useCanvas = create<CanvasState>(() => ({
  view: 'shapes',
  heat: 'multiplyAdds',
  problemsOf: null,
  search: null,
  menu: null,
  drawing: null,
  insertInto: null,
  placing: null,
  keyboardWire: null,
  reveal: null,
}));

export const showCanvas = (state: Partial<CanvasState>): void => useCanvas.setState(state);
export const portKey = (end: Endpoint, side: Side): string => `${end.block}/${side}/${end.port}`;

const connected = new WeakMap<Document['wires'], ReadonlySet<string>>();

/** The keys of all ports that a wire ends at. */
export function connectedPorts(wires: Document['wires']): ReadonlySet<string> {
  const known = connected.get(wires);
  if (known) return known;
  const keys = new Set(
    Object.values(wires).flatMap(({ from, to }) => [portKey(from, 'output'), portKey(to, 'input')]),
  );
  connected.set(wires, keys);
  return keys;
}

export interface Viewer {
  /** How a point of the window lies on the canvas. */
  toCanvas: (point: Point) => Point;
  /** Shows the whole network. */
  showAll: () => void;
  /** Moves the canvas just as far as is needed to see a block. */
  bringIntoSight: (block: string) => void;
}
let viewer: Viewer | null = null;

/** The canvas says how it is looked at; null when it is gone. */
export function setViewer(next: Viewer | null): void {
  viewer = next;
}
export const canvasPoint = (point: Point): Point => viewer?.toCanvas(point) ?? point;
/** The middle of what can be seen of the canvas, in the window. */
export function canvasMiddle(): Point {
  const area = document.querySelector('[data-area=canvas]')?.getBoundingClientRect();
  return area ? { x: area.left + area.width / 2, y: area.top + area.height / 2 } : { x: 0, y: 0 };
}
export const isOverCanvas = ({ x, y }: Point): boolean =>
  document.elementFromPoint(x, y)?.closest('[data-area=canvas]') != null;
export const bringIntoSight = (block: string): void => viewer?.bringIntoSight(block);
export const showAll = (): void => viewer?.showAll();
