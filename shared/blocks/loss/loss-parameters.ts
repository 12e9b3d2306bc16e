/** Owns the parameters that losses share. */
import type { BooleanParameter, ColumnsParameter, NumberParameter, Parameters } from '../parameter';

const column = {
  kind: 'columns',
  role: 'target',
  single: true,
  default: [],
  help: 'The column with the right answers; none chosen means the target of the data.',
} as const satisfies ColumnsParameter;

const weight = {
  kind: 'number',
  default: 1,
  min: 0,
  help: 'How much this loss counts in the sum where several losses lead to one Train block.',
  advanced: true,
} as const satisfies NumberParameter;

export const fromLogits = {
  kind: 'boolean',
  default: false,
  help: 'On: the prediction is not yet squeezed into probabilities; the loss does it itself, which is numerically safer.',
} as const satisfies BooleanParameter;

export const labelSmoothing = {
  kind: 'number',
  default: 0,
  min: 0,
  max: 1,
  help: 'Moves the labels a little away from 0 and 1, so that the network is never asked to be certain.',
  advanced: true,
} as const satisfies NumberParameter;

/** Michelucci's networks stop with NaN because of it (chapter 2); Keras has no such switch. */
const clip = {
  kind: 'boolean',
  default: true,
  help: 'Off: the bare logarithm as it stands in books. A probability that is rounded to 0 then makes the loss infinite or undefined.',
  advanced: true,
} as const satisfies BooleanParameter;

/** Keras' argument of `fit`, which is an array there. */
const sampleWeight = {
  kind: 'columns',
  role: 'weight',
  single: true,
  default: [],
  help: 'A column that says how much each sample counts, or each place of a map: 0 for what is to be left out.',
  advanced: true,
} as const satisfies ColumnsParameter;

/** Of every loss. */
export const lossParameters = { weight, sample_weight: sampleWeight, column } as const satisfies Parameters;

export const sparseParameters = {
  from_logits: fromLogits,
  clip,
  ...lossParameters,
} as const satisfies Parameters;

export const crossentropyParameters = {
  from_logits: fromLogits,
  label_smoothing: labelSmoothing,
  clip,
  ...lossParameters,
} as const satisfies Parameters;

/** Of the focal losses: Lin et al., Focal loss for dense object detection (2017). */
export const focalParameters = {
  gamma: {
    kind: 'number',
    default: 2,
    min: 0,
    help: 'How strongly samples that are answered well are passed over; 0 is the plain cross-entropy.',
  },
  alpha: {
    kind: 'number',
    default: 0.25,
    min: 0,
    max: 1,
    help: 'The factor before the loss; for yes or no, how much the class 1 counts where `apply_class_balancing` is on.',
  },
  from_logits: fromLogits,
  label_smoothing: labelSmoothing,
  ...lossParameters,
} as const satisfies Parameters;

/** The config of a cross-entropy, which is Keras' own unless the logarithm is left bare. */
export const crossentropyConfig = <C extends Record<string, boolean | number | null>>(
  class_name: string,
  config: C,
  clipped: boolean,
) =>
  clipped
    ? { class_name, config }
    : { class_name, registered_name: `Axonry>${class_name}`, config: { ...config, clip: false } };
