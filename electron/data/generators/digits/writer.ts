/**
 * Owns who writes: a population of writers with lasting habits (forms, slant, pen), and which form a writer uses this
 * time. How the hand moves along the form is in gesture.ts.
 */
import { RandomStream } from '../../../../shared/random/random';
import { allographs, lookalikes } from './allographs';
import { formDistance, traceStroke } from './curve';
import type { Stroke } from './curve';

/** How many people write one set. The same seed means the same people. */
export const WRITERS = 1000;

/** How often a digit is written on the way to one that it can be taken for. */
const SLIP_RATE = 0.02;

/** Forms closer than this (in hundredths of the height) can be mixed: the pen moves in the same order along both. */
const RELATED = 14;
const LOOKALIKE = 24;

export interface Writer {
  /** For each digit the form that this writer uses most of the time. */
  habits: number[];
  /** Shear to the right per unit of height. */
  slant: number;
  /** Natural logarithm of the change of width. */
  breadth: number;
  /** How irregular the hand is; 1 is usual. */
  unrest: number;
  /** Passes of smoothing: a fast hand rounds corners off. */
  haste: number;
  /** Amplitude of a fine tremble, in hundredths of the height. */
  tremble: number;
  /** Radius of the pen in pixels of the finished picture. */
  penRadius: number;
  /** Flatness of the nib (0 is a round point) and its direction. */
  nibContrast: number;
  nibAngle: number;
  /** How much the pressure varies, and how much of it is lost at the ends of a stroke. */
  pressureSwing: number;
  taper: number;
  /** Unevenness of the edge of the ink, as a share of the radius. */
  roughness: number;
}

/** What is to be written: a mixture of two forms with equal numbers of strokes. */
export interface Model {
  from: readonly Stroke[];
  towards: readonly Stroke[];
  /** Share of `towards`, 0 to 0.5. */
  share: number;
}

interface TracedForm {
  weight: number;
  strokes: Stroke[];
  /** Other forms of the same digit that mix well with this one. */
  related: Stroke[][];
  /** Forms of other digits that this one can be taken for. */
  lookalikes: Stroke[][];
}

const forms: TracedForm[][] = traceForms();

function traceForms(): TracedForm[][] {
  const traced = allographs.map((digit) =>
    digit.map(({ weight, strokes }): TracedForm => {
      return { weight, strokes: strokes.map(traceStroke), related: [], lookalikes: [] };
    }),
  );
  const near = (form: TracedForm, others: TracedForm[], limit: number) =>
    others.map((other) => other.strokes).filter((strokes) => formDistance(form.strokes, strokes) < limit);
  traced.forEach((digit, label) => {
    const confusable = lookalikes
      .filter((pair) => pair.includes(label))
      .map(([a, b]) => (a === label ? b : a));
    for (const form of digit) {
      form.related = near(form, digit, RELATED).filter((strokes) => strokes !== form.strokes);
      form.lookalikes = confusable.flatMap((other) => near(form, traced[other], LOOKALIKE));
    }
  });
  return traced;
}

function chooseForm(digit: number, random: RandomStream): number {
  let rest = random.uniform() * forms[digit].reduce((sum, form) => sum + form.weight, 0);
  return Math.max(
    0,
    forms[digit].findIndex((form) => (rest -= form.weight) < 0),
  );
}

/** The writer with this number among the people of a seed. */
export function createWriter(seed: number, number: number): Writer {
  const random = new RandomStream(seed, 'digits', 'writer', number * 256);
  return {
    habits: forms.map((_, digit) => chooseForm(digit, random)),
    slant: 0.16 + 0.22 * random.normal(),
    breadth: 0.06 + 0.13 * random.normal(),
    unrest: 0.95 * Math.exp(0.25 * random.normal()),
    haste: random.below(5),
    tremble: random.uniform() < 0.25 ? random.between(0.3, 1.1) : 0.2,
    penRadius: 1.39 * Math.exp(0.25 * random.normal()),
    nibContrast: random.uniform() < 0.4 ? random.between(0, 0.35) : 0.08,
    nibAngle: random.between(0.4, 1.2),
    pressureSwing: random.between(0.05, 0.22),
    taper: random.uniform() < 0.35 ? random.between(0.2, 0.6) : random.between(0, 0.2),
    roughness: random.between(0.03, 0.2),
  };
}

/** What a writer sets out to write for a digit this time. */
export function chooseModel(digit: number, writer: Writer, random: RandomStream): Model {
  const choice = random.uniform() < 0.75 ? writer.habits[digit] : chooseForm(digit, random);
  const form = forms[digit][choice];
  const slip = random.uniform() < SLIP_RATE && form.lookalikes.length > 0;
  const others = slip ? form.lookalikes : form.related;
  if (others.length === 0) return { from: form.strokes, towards: form.strokes, share: 0 };
  const towards = others[random.below(others.length)];
  const share = slip ? random.between(0.25, 0.46) : Math.min(0.5, 0.22 * Math.abs(random.normal()));
  return { from: form.strokes, towards, share };
}
