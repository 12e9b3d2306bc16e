/**
 * Owns what TensorFlow.js can write down but computes wrongly, by layer class; what it cannot even write down the Keras
 * adapter refuses. Each entry was seen: the exported model loads without an error and predicts something else.
 */
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

export const whyNotHeld = (layer: PlanLayer): string | null => judges[layer.class_name]?.(layer) ?? null;
