/** Muon: steps of matrices whose directions are all equally long. */
import type { Json } from '../../document/document';
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

const coefficient = <D extends number>(value: D, power: string) =>
  ({
    kind: 'number',
    default: value,
    help: `Of the ${power} power in each round of the turning.`,
    advanced: true,
  }) as const;

/** Keras looks for these patterns in `block/weight`. */
const patterns = (ids: Json): string[] =>
  Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').map((id) => `(^|/)${id}/`) : [];

export const muon = defineOptimizer({
  type: 'Muon',
  title: 'Muon',
  search: ['orthogonal', 'newton-schulz', 'momentum', 'matrix', 'hidden layers'],
  summary: 'Momentum whose step, for each matrix of weights, goes equally far in all directions.',
  help: [
    'The averaged gradient of a matrix is turned by Newton and Schulz’ iteration `x ← a·x + (b·xxᵀ + c·(xxᵀ)²)·x` until its singular values lie near 1. So rare directions are learned as fast as common ones. Whatever is no matrix (biases, kernels of convolutions), embeddings and the excluded layers take a step of AdamW.',
    'It holds one number for each weight of a matrix, two for others. Each step costs `ns_steps` products of matrices.',
    'Typical mistake: using it for the last layer. Name that in `exclude_layers`, as its authors do.',
  ].join('\n\n'),
  source: 'Jordan et al., Muon (2024); Liu et al., Muon is scalable for LLM training (2025); Keras documentation, Muon optimizer',
  rate: 0.001,
  parameters: {
    momentum: decay(0.95, 'Share of the old step that is kept.', false),
    nesterov: { kind: 'boolean', default: true, help: 'Looks ahead along the momentum before the step is turned.' },
    exclude_layers: { kind: 'blocks', default: null, none: 'no layer', help: 'Layers that are learned by AdamW: most often the last one.' },
    exclude_embeddings: { kind: 'boolean', default: true, help: 'Embeddings are learned by AdamW.', advanced: true },
    weight_decay: { kind: 'number', default: 0.004, min: 0, help: 'Share of each matrix, times the learning rate, that is taken off at each step.' },
    adam_weight_decay: { kind: 'number', default: 0.004, min: 0, help: 'The same for what is learned by AdamW.', advanced: true },
    adam_lr_ratio: { kind: 'number', default: 1, min: 0, above: true, help: 'The rate of AdamW as a multiple of the learning rate.', advanced: true },
    adam_beta_1: decay(0.9, 'Of AdamW: share of the old average gradient that is kept at each step.'),
    adam_beta_2: decay(0.999, 'Of AdamW: share of the old average of squared gradients that is kept at each step.'),
    epsilon,
    ns_steps: { kind: 'integer', default: 5, min: 1, max: 50, help: 'Rounds of the turning.', advanced: true },
    muon_a: coefficient(3.4445, 'first'),
    muon_b: coefficient(-4.775, 'third'),
    muon_c: coefficient(2.0315, 'fifth'),
    rms_rate: { kind: 'number', default: 0.2, min: 0, above: true, help: 'The mean size of a step, with which rates of Adam fit.', advanced: true },
  },
  config: ({ exclude_layers }) => ({ exclude_layers: patterns(exclude_layers) }),
}); // prettier-ignore
