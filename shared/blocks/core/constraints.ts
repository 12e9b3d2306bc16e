/** Owns what weights may be held to after each step: Keras' constraints with their parameters. */
import type { Configured, ConfiguredOption, ConfiguredParameter } from '../parameter';
import type { Json } from '../../document/document';

const axis = {
  kind: 'integers',
  default: [0],
  help: 'The axes that a length is taken over: 0 for the inputs of each unit of Dense; 0, 1, 2 for each filter of Conv2D.',
} as const;

const CONSTRAINTS: readonly ConfiguredOption[] = [
  {
    class_name: 'MaxNorm',
    summary: 'Makes the weights of a unit shorter where their length is above max_value.',
    parameters: {
      max_value: { kind: 'number', default: 2, min: 0, above: true, help: 'The longest that is allowed.' },
      axis,
    },
  },
  { class_name: 'NonNeg', summary: 'Sets negative weights to 0.', parameters: {} },
  { class_name: 'UnitNorm', summary: 'Gives the weights of each unit the length 1.', parameters: { axis } },
  {
    class_name: 'MinMaxNorm',
    summary: 'Keeps the length of the weights of a unit between two numbers.',
    parameters: {
      min_value: { kind: 'number', default: 0, min: 0, help: 'The shortest that is allowed.' },
      max_value: { kind: 'number', default: 1, min: 0, above: true, help: 'The longest that is allowed.' },
      rate: {
        kind: 'number',
        default: 1,
        min: 0,
        max: 1,
        help: 'The share of the way that is gone at once.',
      },
      axis,
    },
  },
];

export const constraint = (what: string) =>
  ({
    kind: 'configured',
    default: null,
    none: 'none',
    options: CONSTRAINTS,
    help: `What the ${what} are held to after each step; Srivastava et al. (2014) use MaxNorm beside dropout.`,
    advanced: true,
  }) as const satisfies ConfiguredParameter;

/** Keras' configs of the constraints that are set, by their names. */
export const constraintConfigs = (given: Readonly<Record<string, Configured>>): Record<string, Json> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as Record<string, Json>;
