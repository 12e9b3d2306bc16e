/**
 * Owns the pictures of optimizers: the way that each takes down the same valley. The rules are written here once more in
 * plain numbers, because help is shown without an engine; a test compares every one of them with the engine's.
 */
import type { Values } from '../../blocks/block';
import { area, circle, line, type Drawing } from '../drawing';

/** The change of one weight by its gradient; `t` counts from 1. Each weight has a rule of its own, with its memory. */
export type Rule = (gradient: number, t: number) => number;

interface Numbers {
  rate: number;
  momentum: number;
  rho: number;
  beta_1: number;
  beta_2: number;
  epsilon: number;
  initial_accumulator_value: number;
  nesterov: boolean;
  centered: boolean;
  amsgrad: boolean;
}

function adam({ rate, beta_1, beta_2, epsilon, amsgrad }: Numbers): Rule {
  let [m, v, largest] = [0, 0, 0];
  return (g, t) => {
    m += (1 - beta_1) * (g - m);
    v += (1 - beta_2) * (g * g - v);
    largest = Math.max(largest, v);
    const unbiased = (rate * Math.sqrt(1 - beta_2 ** t)) / (1 - beta_1 ** t);
    return (-unbiased * m) / (Math.sqrt(amsgrad ? largest : v) + epsilon);
  };
}

/** By block type; the others look at more than one weight at a time, or search. */
const RULES: Readonly<Record<string, (numbers: Numbers) => Rule>> = {
  SGD({ rate, momentum, nesterov }) {
    let v = 0;
    return (g) => {
      v = momentum * v - rate * g;
      return nesterov ? momentum * v - rate * g : v;
    };
  },
  RMSprop({ rate, rho, momentum, centered, epsilon }) {
    let [square, mean, moved] = [0, 0, 0];
    return (g) => {
      square = rho * square + (1 - rho) * g * g;
      mean = rho * mean + (1 - rho) * g;
      moved = momentum * moved + (rate * g) / Math.sqrt(square - (centered ? mean * mean : 0) + epsilon);
      return -moved;
    };
  },
  Adagrad({ rate, epsilon, initial_accumulator_value }) {
    let sum = initial_accumulator_value;
    return (g) => {
      sum += g * g;
      return (-rate * g) / Math.sqrt(sum + epsilon);
    };
  },
  Adam: adam,
  AdamW: adam,
  Adamax({ rate, beta_1, beta_2, epsilon }) {
    let [m, norm] = [0, 0];
    return (g, t) => {
      m += (1 - beta_1) * (g - m);
      norm = Math.max(beta_2 * norm, Math.abs(g));
      return (-rate * m) / (1 - beta_1 ** t) / (norm + epsilon);
    };
  },
  Nadam({ rate, beta_1, beta_2, epsilon }) {
    const decay = (t: number) => beta_1 * (1 - 0.5 * 0.96 ** t);
    let [m, v, product] = [0, 0, 1];
    return (g, t) => {
      product *= decay(t);
      m += (1 - beta_1) * (g - m);
      v += (1 - beta_2) * (g * g - v);
      const ahead = (m * decay(t + 1)) / (1 - product * decay(t + 1));
      const now = (g * (1 - decay(t))) / (1 - product);
      return (-rate * (ahead + now)) / (Math.sqrt(v / (1 - beta_2 ** t)) + epsilon);
    };
  },
  Lion({ rate, beta_1, beta_2 }) {
    let m = 0;
    return (g) => {
      const direction = Math.sign(beta_1 * m + (1 - beta_1) * g);
      m = beta_2 * m + (1 - beta_2) * g;
      return -rate * direction;
    };
  },
};

/** null where the type has no rule for single weights. */
export function ruleOf(type: string, values: Values, rate = Number(values.learning_rate)): Rule | null {
  if (!Object.hasOwn(RULES, type)) return null;
  const number = (name: string) => Number(values[name] ?? 0);
  return RULES[type]({
    rate,
    momentum: number('momentum'),
    rho: number('rho'),
    beta_1: number('beta_1'),
    beta_2: number('beta_2'),
    epsilon: number('epsilon'),
    initial_accumulator_value: number('initial_accumulator_value'),
    nesterov: values.nesterov === true,
    centered: values.centered === true,
    amsgrad: values.amsgrad === true,
  });
}

/** The valley: how fast its slope grows along and across. */
const BENDS = [0.35, 1.8] as const;
const START = [-1.7, 0.7] as const;
const STEPS = 40;
/** Rates with which the rules come down this valley in so many steps. */
const RATES: Readonly<Record<string, number>> = {
  SGD: 0.9,
  RMSprop: 0.08,
  Adagrad: 0.5,
  Adam: 0.15,
  AdamW: 0.15,
  Adamax: 0.2,
  Nadam: 0.15,
  Lion: 0.06,
};

function wayDown(type: string, values: Values): readonly [number, number][] | null {
  const momentum = type === 'SGD' ? Number(values.momentum ?? 0) : 0;
  const rate = (RATES[type] ?? 0) * (1 - momentum);
  const rules = [ruleOf(type, values, rate), ruleOf(type, values, rate)];
  const [along, across] = rules;
  if (!along || !across) return null;
  let [x, y]: [number, number] = [...START];
  const points: [number, number][] = [[x, y]];
  for (let t = 1; t <= STEPS; t++) {
    [x, y] = [x + along(BENDS[0] * x, t), y + across(BENDS[1] * y, t)];
    points.push([x, y]);
  }
  return points;
}

const [MIDDLE_X, MIDDLE_Y, UNIT] = [170, 80, 60];
/** A line of equal loss, by its share of the outermost. */
function ring(share: number): string {
  const [a, b] = [150 * share, 150 * share * Math.sqrt(BENDS[0] / BENDS[1])];
  return `M${MIDDLE_X - a} ${MIDDLE_Y}a${a} ${b} 0 1 0 ${2 * a} 0a${a} ${b} 0 1 0 ${-2 * a} 0z`;
}

export function descentPicture(type: string, title: string, values: Values): Drawing | null {
  const points = wayDown(type, values) ?? wayDown('SGD', {});
  if (points === null) return null;
  const isOwn = ruleOf(type, values) !== null;
  const path = points.map(([x, y]) => `${(MIDDLE_X + UNIT * x).toFixed(1)} ${(MIDDLE_Y + UNIT * y).toFixed(1)}`).join('L'); // prettier-ignore
  const rate = `This one begins with a rate of ${Number(values.learning_rate)}.`;
  return {
    width: 340,
    height: 160,
    caption: isOwn
      ? `Lines of equal loss in a long valley, and ${STEPS} steps of ${title} from its side towards the lowest place, with a rate that suits this valley.`
      : `Lines of equal loss in a long valley, and plain steps against the slope, which swing to and fro; optimizers differ in how they shorten that way. ${rate}`,
    marks: [
      ...[1, 0.75, 0.5, 0.25].map((share) => line(ring(share))),
      area(circle(MIDDLE_X, MIDDLE_Y, 3)),
      area(circle(MIDDLE_X + UNIT * START[0], MIDDLE_Y + UNIT * START[1], 3), 'strong'),
      line(`M${path}`, 'strong'),
    ],
  };
}
