/**
 * Owns what TensorFlow.js can write down but computes wrongly, by layer class; what it cannot even write down the Keras
 * adapter refuses. Each entry was seen: the exported model loads without an error and predicts something else.
 */
import { maskRole } from '../../../shared/compiler/masks';
import type { PlanLayer } from '../../../shared/compiler/plan';

/** The reason, as a sentence, or null where the layer is held well. */
type Judge = (layer: PlanLayer) => string | null;

const batchNormalization: Judge = ({ config, output_shape }) => {
  const axis = typeof config.axis === 'number' ? config.axis : -1;
  const last = output_shape.length - 1;
  return axis === -1 || axis === last
    ? null
    : `it normalises along axis ${axis}, and TensorFlow.js does that rightly only along the last axis.`;
};

const judges: Readonly<Record<string, Judge>> = { BatchNormalization: batchNormalization };

/** The same for layers whose input has padding marked by a mask. */
const withMask: Readonly<Record<string, Judge>> = {
  GlobalAveragePooling1D: () => 'TensorFlow.js averages padding too, which here is left out.',
  Bidirectional: (layer) =>
    maskRole(layer) === 'passes'
      ? 'TensorFlow.js reads masks in both directions in another way. Use it without return_sequences, or without a mask.'
      : null,
};

export const whyNotHeldWithMask = (layer: PlanLayer): string | null =>
  withMask[layer.class_name]?.(layer) ?? null;

export const whyNotHeld = (layer: PlanLayer): string | null => judges[layer.class_name]?.(layer) ?? null;
