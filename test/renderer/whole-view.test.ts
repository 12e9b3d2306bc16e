// @vitest-environment jsdom
/** "Show the whole network" leaves nothing under the map, and shows each example as large as it can. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { boxesOf } from '../../renderer/canvas/geometry';
import { wholeView } from '../../renderer/canvas/whole-view';
import type { Document } from '../../shared/document/document';

// jsdom draws no text: widths are then estimated.
vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);

const examples = path.resolve(import.meta.dirname, '../../assets/examples');
const MAP = { width: 174, height: 140 };
const CANVASES = [
  { width: 928, height: 727 },
  { width: 768, height: 547 },
  { width: 1400, height: 900 },
];

const placesOf = ({ blocks, notes }: Document) => [
  ...boxesOf(blocks),
  ...Object.values(notes).map(({ position, width, height }) => ({ ...position, width, height })),
];

describe.each(readdirSync(examples).filter((name) => name.endsWith('.axon')))('the whole of %s', (name) => {
  const places = placesOf(JSON.parse(readFileSync(path.join(examples, name), 'utf8')) as Document);

  it.each(CANVASES)('is seen on a canvas of $width × $height, and nothing lies under the map', (canvas) => {
    const { x, y, zoom } = wholeView(places, canvas, MAP);
    for (const place of places) {
      const [left, top] = [place.x * zoom + x, place.y * zoom + y];
      const [right, bottom] = [left + place.width * zoom, top + place.height * zoom];
      expect([left, top, canvas.width - right, canvas.height - bottom].every((room) => room >= 0)).toBe(true);
      expect(right <= canvas.width - MAP.width || bottom <= canvas.height - MAP.height).toBe(true);
    }
  });
});

it('keeps a network small enough for its own size at 100 %', () => {
  const place = { x: 0, y: 0, width: 200, height: 80 };
  expect(wholeView([place], CANVASES[0], MAP).zoom).toBe(1);
});
