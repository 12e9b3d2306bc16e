/** Owns the ink: draws a gesture into a 28×28 picture, sized and centred as in MNIST. Knows nothing of digits and writers. */
import type { RandomStream } from '../../../../shared/random/random';
import { STROKE_POINTS } from './curve';
import type { Gesture } from './gesture';

export const PICTURE_SIDE = 28;

/** The ink fits into a square of this side; then its centre of mass moves to the centre of the picture. */
const BOX_SIDE = 20;

/** Side of the sheet on which the box is drawn in the middle, with room for soft edges. */
const SHEET_SIDE = 32;

export interface Pen {
  /** Radius at pressure 1, in pixels of the picture. */
  radius: number;
  /** Width of the edge between ink and paper, in pixels. */
  softness: number;
  /** Value of full ink, 0 to 255. */
  intensity: number;
  /** How much the scanner breaks the edge up: range of the noise on half-inked pixels, as a share of full ink. */
  grain: number;
}

interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What the pen of radius `radius` (in the units of the gesture) covers. */
function extentOf(gesture: Gesture, radius: number): Extent {
  const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  gesture.strokes.forEach((stroke, index) => {
    const pressure = gesture.pressures[index];
    for (let k = 0; k < STROKE_POINTS; k++) {
      const reach = radius * pressure[k];
      extent.left = Math.min(extent.left, stroke[2 * k] - reach);
      extent.right = Math.max(extent.right, stroke[2 * k] + reach);
      extent.top = Math.min(extent.top, stroke[2 * k + 1] - reach);
      extent.bottom = Math.max(extent.bottom, stroke[2 * k + 1] + reach);
    }
  });
  return extent;
}

function sideOf(extent: Extent): number {
  return Math.max(extent.right - extent.left, extent.bottom - extent.top);
}

/**
 * Inks one segment whose radius changes from `r0` to `r1`: a pixel takes the share of the edge that it lies inside of, and
 * keeps the darker of this and what is there.
 */
function inkSegment(
  sheet: Float32Array,
  x0: number,
  y0: number,
  r0: number,
  x1: number,
  y1: number,
  r1: number,
  softness: number,
) {
  const reach = Math.max(r0, r1) + softness / 2;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(SHEET_SIDE - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(SHEET_SIDE - 1, Math.floor(Math.max(y0, y1) + reach));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const inverse = 1 / (dx * dx + dy * dy + 1e-12);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const at = y * SHEET_SIDE + x;
      if (sheet[at] >= 1) continue;
      const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) * inverse));
      const awayX = x - x0 - along * dx;
      const awayY = y - y0 - along * dy;
      const radius = r0 + along * (r1 - r0);
      const ink = 0.5 + (radius - Math.sqrt(awayX * awayX + awayY * awayY)) / softness;
      if (ink > sheet[at]) sheet[at] = ink;
    }
  }
}

/** Draws the gesture on the sheet so that its ink fits into the box in the middle. */
function inkSheet(sheet: Float32Array, gesture: Gesture, pen: Pen) {
  const side = BOX_SIDE - pen.softness;
  const roughScale = (side - 2 * pen.radius) / sideOf(extentOf(gesture, 0));
  const extent = extentOf(gesture, pen.radius / roughScale);
  const scale = side / sideOf(extent);
  const middle = (SHEET_SIDE - 1) / 2;
  const shiftX = middle - (scale * (extent.left + extent.right)) / 2;
  const shiftY = middle - (scale * (extent.top + extent.bottom)) / 2;
  const radius = (pen.radius / roughScale) * scale;
  gesture.strokes.forEach((stroke, index) => {
    const pressure = gesture.pressures[index];
    for (let k = 0; k + 1 < STROKE_POINTS; k++) {
      if (pressure[k] === 0 || pressure[k + 1] === 0) continue;
      inkSegment(
        sheet,
        scale * stroke[2 * k] + shiftX,
        scale * stroke[2 * k + 1] + shiftY,
        radius * pressure[k],
        scale * stroke[2 * k + 2] + shiftX,
        scale * stroke[2 * k + 3] + shiftY,
        radius * pressure[k + 1],
        pen.softness,
      );
    }
  });
}

/** Ink of one pixel as the scanner sees it: full ink and bare paper are certain, an edge is not. */
function scan(ink: number, pen: Pen, random: RandomStream): number {
  if (ink <= 0) return 0;
  if (ink >= 1) return Math.round(pen.intensity);
  const noise = pen.grain * (random.nextInteger() / 2 ** 32 - 0.5) * Math.min(1, 4 * ink);
  return Math.round(pen.intensity * Math.min(1, Math.max(0, ink + noise)));
}

/** Copies the sheet so that the centre of mass of the ink lies within half a pixel of the centre of the picture. */
function copyCentred(sheet: Float32Array, pen: Pen, random: RandomStream, picture: Uint8Array) {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < SHEET_SIDE; y++) {
    for (let x = 0; x < SHEET_SIDE; x++) {
      const ink = Math.min(1, sheet[y * SHEET_SIDE + x]);
      mass += ink;
      sumX += ink * x;
      sumY += ink * y;
    }
  }
  const fromX = Math.round(sumX / mass - (PICTURE_SIDE - 1) / 2);
  const fromY = Math.round(sumY / mass - (PICTURE_SIDE - 1) / 2);
  for (let y = Math.max(0, -fromY); y < Math.min(PICTURE_SIDE, SHEET_SIDE - fromY); y++) {
    for (let x = Math.max(0, -fromX); x < Math.min(PICTURE_SIDE, SHEET_SIDE - fromX); x++) {
      picture[y * PICTURE_SIDE + x] = scan(sheet[(y + fromY) * SHEET_SIDE + x + fromX], pen, random);
    }
  }
}

const sheet = new Float32Array(SHEET_SIDE * SHEET_SIDE);

/** Draws the gesture, white on black, into `picture` (28×28 zeros, row by row). */
export function drawGesture(gesture: Gesture, pen: Pen, random: RandomStream, picture: Uint8Array) {
  sheet.fill(0);
  inkSheet(sheet, gesture, pen);
  copyCentred(sheet, pen, random, picture);
}
