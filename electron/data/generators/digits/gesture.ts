/**
 * Owns the movement of the hand: a form becomes one particular piece of writing, bent, slanted, with the pressure of the
 * pen at each point. Knows nothing of pixels.
 */
import type { RandomStream } from '../../../../shared/random/random';
import { STROKE_POINTS } from './curve';
import type { Stroke } from './curve';
import type { Model, Writer } from './writer';

export interface Gesture {
  /** Points in hundredths of the height of the form. */
  strokes: Stroke[];
  /** Pressure at each point of each stroke; 1 is usual, 0 lifts the pen. */
  pressures: Float64Array[];
}

/** Cosines of 1, 2, … half-waves along a stroke: sums of the first few are smooth. */
const waves: Float64Array[] = Array.from({ length: 16 }, (_, wave) =>
  Float64Array.from({ length: STROKE_POINTS }, (_, k) =>
    Math.cos((Math.PI * wave * k) / (STROKE_POINTS - 1)),
  ),
);

/** Standard deviation of the displacement by number of half-waves, in hundredths of the height. */
const bends = [0, 2.6, 2.4, 1.9, 1.3, 0.8, 0.45];
const liftDrift = 2.2;

function mixForms(model: Model, stroke: number, out: Stroke) {
  const from = model.from[stroke];
  const towards = model.towards[stroke];
  for (let i = 0; i < out.length; i++) out[i] = from[i] + model.share * (towards[i] - from[i]);
}

/** Starts and ends the stroke a little early or late, so that loops stay open or cross. */
function shiftEnds(stroke: Stroke, start: number, end: number): Stroke {
  const last = STROKE_POINTS - 1;
  const out = new Float64Array(stroke.length);
  for (let k = 0; k < STROKE_POINTS; k++) {
    const position = last * (start + ((end - start) * k) / last);
    const segment = Math.min(last - 1, Math.max(0, Math.floor(position)));
    const t = position - segment;
    for (let axis = 0; axis < 2; axis++) {
      const a = stroke[2 * segment + axis];
      out[2 * k + axis] = a + t * (stroke[2 * segment + 2 + axis] - a);
    }
  }
  return out;
}

function addWave(stroke: Stroke, wave: number, x: number, y: number) {
  const shape = waves[wave];
  for (let k = 0; k < STROKE_POINTS; k++) {
    stroke[2 * k] += x * shape[k];
    stroke[2 * k + 1] += y * shape[k];
  }
}

function lengthOf(stroke: Stroke): number {
  let length = 0;
  for (let i = 2; i < stroke.length; i += 2) {
    length += Math.sqrt((stroke[i] - stroke[i - 2]) ** 2 + (stroke[i + 1] - stroke[i - 1]) ** 2);
  }
  return length;
}

/** Slow, correlated deviation from the form, then a fine tremble. A short way leaves less room to go astray. */
function bend(stroke: Stroke, writer: Writer, lifted: boolean, random: RandomStream) {
  const unrest = writer.unrest * Math.exp(0.2 * random.normal());
  const room = Math.min(1.15, lengthOf(stroke) / 190);
  if (lifted) addWave(stroke, 0, unrest * liftDrift * random.normal(), unrest * liftDrift * random.normal());
  for (let wave = 1; wave < bends.length; wave++) {
    const size = unrest * room * bends[wave];
    addWave(stroke, wave, size * random.normal(), size * random.normal());
  }
  for (let wave = 9; wave < waves.length; wave += 2) {
    const size = room * writer.tremble;
    addWave(stroke, wave, size * random.normal(), size * random.normal());
  }
}

/** Rounds the corners off; the ends stay. */
function smooth(stroke: Stroke, passes: number) {
  for (let pass = 0; pass < passes; pass++) {
    let [x, y] = stroke;
    for (let i = 2; i < stroke.length - 2; i += 2) {
      const [nextX, nextY] = [stroke[i], stroke[i + 1]];
      stroke[i] = (x + 2 * nextX + stroke[i + 2]) / 4;
      stroke[i + 1] = (y + 2 * nextY + stroke[i + 3]) / 4;
      x = nextX;
      y = nextY;
    }
  }
}

/** Slant, turn, proportions and the bending of the whole digit, shared by its strokes. */
function place(strokes: Stroke[], writer: Writer, random: RandomStream) {
  const shear = writer.slant + 0.1 * random.normal();
  const turn = 0.07 * random.normal();
  const breadth = Math.exp(writer.breadth + 0.12 * random.normal());
  const widening = 0.14 * random.normal();
  const bow = 0.1 * random.normal();
  const heaviness = 0.22 * random.normal();
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i += 2) {
      const v = stroke[i + 1] / 50 - 1;
      const u = (stroke[i] / 50 - 0.7) * breadth * (1 + widening * v);
      const y = v + heaviness * (1 - v * v) * 0.5;
      const x = u - shear * y + bow * (y * y - 0.4);
      stroke[i] = 50 * (cosine * x - sine * y);
      stroke[i + 1] = 50 * (sine * x + cosine * y);
    }
  }
}

/** Pressure along one stroke: slow swings, the direction of the nib, weaker at the ends. */
function press(stroke: Stroke, writer: Writer, random: RandomStream): Float64Array {
  const pressure = new Float64Array(STROKE_POINTS);
  const last = STROKE_POINTS - 1;
  const swings = [0, 1, 0.7, 0.45, 0.25, 0.15].map((size) => size * writer.pressureSwing * random.normal());
  const startTaper = writer.taper * random.uniform();
  const endTaper = writer.taper * random.between(0.4, 1.3);
  const doubleNib = [Math.cos(2 * writer.nibAngle), Math.sin(2 * writer.nibAngle)];
  for (let k = 0; k < STROKE_POINTS; k++) {
    const before = 2 * Math.max(0, k - 1);
    const after = 2 * Math.min(last, k + 1);
    const dx = stroke[after] - stroke[before];
    const dy = stroke[after + 1] - stroke[before + 1];
    const doubled =
      ((dx * dx - dy * dy) * doubleNib[0] - 2 * dx * dy * doubleNib[1]) / (dx * dx + dy * dy + 1e-9);
    let value = 1 - writer.nibContrast * doubled;
    for (let wave = 1; wave < swings.length; wave++) value += swings[wave] * waves[wave][k];
    value += writer.roughness * (random.nextInteger() / 2 ** 32 - 0.5);
    const fromStart = Math.max(0, 1 - k / 5);
    const fromEnd = Math.max(0, 1 - (last - k) / 9);
    pressure[k] = Math.max(0.3, value) * (1 - startTaper * fromStart) * (1 - endTaper * fromEnd);
  }
  if (random.uniform() < 0.015) skip(pressure, random);
  return pressure;
}

/** The ink fails for a moment. */
function skip(pressure: Float64Array, random: RandomStream) {
  const start = 6 + random.below(STROKE_POINTS - 16);
  pressure.fill(0, start, start + 3 + random.below(4));
}

/** One piece of writing. */
export function moveHand(model: Model, writer: Writer, random: RandomStream): Gesture {
  const strokes = model.from.map((_, index) => {
    const mixed = new Float64Array(2 * STROKE_POINTS);
    mixForms(model, index, mixed);
    const stroke = shiftEnds(mixed, 0.022 * random.normal(), 1 + 0.025 * random.normal());
    bend(stroke, writer, index > 0, random);
    smooth(stroke, writer.haste + random.below(3));
    return stroke;
  });
  place(strokes, writer, random);
  return { strokes, pressures: strokes.map((stroke) => press(stroke, writer, random)) };
}
