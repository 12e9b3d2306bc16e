/**
 * Owns what each layer does with a mask, the mark that some steps of a sequence are only padding: Keras 3's rules
 * (`supports_masking`, `compute_mask`), by class name. The engine and the rules of the compiler both read them.
 */
import type { Json } from '../document/document';

export type MaskRole =
  /** Says which steps count. */
  | 'makes'
  /** Works with or beside the mask of its first input, and its output has the same. */
  | 'passes'
  /** A step counts where it counts in any input; where one input has no mask, neither has the output. */
  | 'joins'
  /** Uses the mask, or has no steps after it. */
  | 'ends'
  /** Treats padding like everything else. */
  | 'loses';

const PASSING = new Set([
  'Activation', 'Dense', 'Dropout', 'ELU', 'GaussianNoise', 'Normalization', 'LayerNormalization', 'LeakyReLU', 'MultiHeadAttention', 'GroupQueryAttention',
  'Attention', 'AdditiveAttention', 'PReLU', 'PositionEmbedding', 'ReLU', 'Rescaling', 'TimeDistributed', 'UnitNormalization',
]); // prettier-ignore
const JOINING = new Set(['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum']);
const RECURRENT = new Set(['SimpleRNN', 'LSTM', 'GRU', 'ConvLSTM1D', 'ConvLSTM2D', 'ConvLSTM3D']);
const ENDING = new Set(['GlobalAveragePooling1D', 'Dot']);

const isRecord = (value: Json | undefined): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface MaskedLayer {
  class_name: string;
  config: Readonly<Record<string, Json>>;
}

export function maskRole({ class_name, config }: MaskedLayer): MaskRole {
  if (class_name === 'Masking' || (class_name === 'Embedding' && config.mask_zero === true)) return 'makes';
  if (class_name === 'Embedding') return 'ends';
  if (RECURRENT.has(class_name)) return config.return_sequences === true ? 'passes' : 'ends';
  if (class_name === 'Bidirectional') {
    const inner = isRecord(config.layer) ? config.layer.config : undefined;
    return isRecord(inner) && inner.return_sequences === true ? 'passes' : 'ends';
  }
  // Side by side, a step counts where it counts in any of them; one after another is not followed.
  if (class_name === 'Concatenate') return config.axis === -1 ? 'joins' : 'loses';
  if (PASSING.has(class_name)) return 'passes';
  if (JOINING.has(class_name)) return 'joins';
  return ENDING.has(class_name) ? 'ends' : 'loses';
}

export interface PlacedLayer extends MaskedLayer {
  block: string;
  inbound: readonly string[];
}

/** The blocks whose output carries a mask. `layers` stand in the order of computation. */
export function maskedOutputs(layers: readonly PlacedLayer[]): Set<string> {
  const masked = new Set<string>();
  for (const layer of layers) {
    const role = maskRole(layer);
    const given = layer.inbound.filter((block) => masked.has(block)).length;
    const has =
      role === 'makes' ||
      (role === 'passes' && masked.has(layer.inbound[0])) ||
      (role === 'joins' && given > 0 && given === layer.inbound.length);
    if (has) masked.add(layer.block);
  }
  return masked;
}
