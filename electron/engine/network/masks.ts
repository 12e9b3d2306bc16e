/** Owns how the mask of a sequence goes on through a layer. */
import type { Tensor } from '@tensorflow/tfjs';
import type { MaskRole } from '../../../shared/compiler/masks';
import { tf } from '../tensorflow';

/** What the layer hands on of the masks of its inputs; null where all steps count. */
export function passedMask(role: MaskRole, masks: readonly (Tensor | null)[]): Tensor | null {
  switch (role) {
    case 'passes':
      return masks[0] ?? null;
    case 'joins': {
      const given = masks.filter((mask) => mask !== null);
      return given.length < masks.length ? null : given.reduce((a, b) => tf.maximum(a, b));
    }
    case 'makes':
    case 'ends':
    case 'loses':
      return null;
  }
}
