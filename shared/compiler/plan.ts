/**
 * Owns the plan: everything that an engine needs to prepare data and train, and nothing of the layout. The same network
 * drawn elsewhere on the canvas has the same plan and the same hash.
 */
import { z } from 'zod';
import { json } from '../document/document';
import { AVERAGES, METRIC_DEFAULTS } from '../metrics/metric-kinds';

export const PLAN_VERSION = 1;

/** Weights that `weights[].name` of a layer and its block id name together: `conv2d_1/kernel`. */
export const weightKey = (block: string, weight: string): string => `${block}/${weight}`;

const shape = z.array(z.number().int().nullable());
const kerasConfig = {
  class_name: z.string(),
  registered_name: z.string().optional(),
  config: z.record(z.string(), json),
};

/** A data source or a preparation, in order: `from` always stands earlier in the list. Parameters are complete. */
const datasetStep = z.object({
  block: z.string(),
  type: z.string(),
  /** Name of the reader where this is a source. */
  reader: z.string().optional(),
  params: z.record(z.string(), json),
  from: z.string().nullable(),
});

/** Where rows come from: the columns of a dataset step, joined along the last axis where there are several. */
const dataUse = { dataset: z.string(), columns: z.array(z.string()).min(1) };

const planInput = z.object({ block: z.string(), ...dataUse, shape });

const planLayer = z.object({
  block: z.string(),
  ...kerasConfig,
  /** Arguments that Keras gives to the call and not to the layer: `use_causal_mask`. */
  call: z.record(z.string(), json).optional(),
  /** Blocks (layers or inputs) whose outputs it reads, in port order. */
  inbound: z.array(z.string()),
  /** The layer, earlier in the list, whose weights it uses. */
  shares: z.string().optional(),
  output_shape: shape,
  weights: z.array(z.object({ name: z.string(), shape: z.array(z.number().int()), trainable: z.boolean() })),
  parameters: z.number(),
  multiplyAdds: z.number(),
});

const planLoss = z.object({
  block: z.string(),
  ...kerasConfig,
  /** The layer or input whose output it judges. */
  prediction: z.string(),
  /** The column, of the same rows, that says how much each sample counts, or each place of it. */
  sample_weight: z.string().optional(),
  /** Further outputs that it reads, in the order of their wires. */
  others: z.array(z.string()).optional(),
  ...dataUse,
  predictionMeans: z.enum(['probabilities', 'logits', 'scores', 'values']),
  labels: z.enum(['one-hot', 'index', 'binary', 'values']),
  task: z.enum(['classification', 'binary', 'regression', 'transcription', 'other']),
  /** Class names for matrices; for `binary` the names of 0 and 1. Absent for regression. */
  classes: z.array(z.string()).optional(),
  weight: z.number(),
});

const planTrainer = z.object({
  block: z.string(),
  optimizer: z.object({ block: z.string(), ...kerasConfig }),
  losses: z.array(z.string()).min(1),
  epochs: z.number().int(),
  batch_size: z.number().int(),
  shuffle: z.boolean(),
  metrics: z.array(z.string()),
  metric_options: z
    .object({
      top_k: z.number().int(),
      average: z.enum(AVERAGES),
      max_val: z.number(),
      // Plans of older runs have neither.
      beta: z.number().default(METRIC_DEFAULTS.beta),
      at: z.number().default(METRIC_DEFAULTS.at),
    })
    .optional(),
  class_weight: z.union([z.literal('balanced'), z.record(z.string(), z.number())]).nullable(),
  /** Keras' names: `val_loss`, `val_accuracy`, `loss`. Without a validation part `val_` is left out. */
  monitor: z.string(),
  /** Keeps the weights of the best epoch by `monitor`, else those of the last one. */
  restore_best_weights: z.boolean(),
  early_stopping: z.object({ patience: z.number().int(), min_delta: z.number() }).nullable(),
  /** Keras' callback of this name, by the monitored figure; absent where the rate follows no such rule. */
  reduce_lr_on_plateau: z
    .object({
      factor: z.number(),
      patience: z.number().int(),
      min_delta: z.number(),
      cooldown: z.number().int(),
      min_lr: z.number(),
    })
    .optional(),
  /** Block ids whose weights may change; null is all. */
  trainable: z.array(z.string()).nullable(),
  /** Trainers of one stage take turns on each batch; a stage begins when the one before has ended. 1 where it is absent. */
  stage: z.number().int().optional(),
  /** Updates of each turn; 1 where it is absent. */
  steps_per_turn: z.number().int().optional(),
});

export const plan = z.object({
  version: z.literal(PLAN_VERSION),
  /** Of everything below, as canonical JSON. */
  hash: z.string(),
  datasets: z.array(datasetStep),
  inputs: z.array(planInput),
  /** In an order in which every layer stands after what it reads. */
  layers: z.array(planLayer),
  /** Blocks whose tensors losses read. */
  outputs: z.array(z.string()),
  losses: z.array(planLoss),
  /** In the order in which they train: by stage, then as they take turns. */
  trainers: z.array(planTrainer),
  totals: z.object({
    parameters: z.number(),
    trainableParameters: z.number(),
    multiplyAdds: z.number(),
    /** float32 outputs of all layers for one sample. */
    activationBytes: z.number(),
  }),
});
export type Plan = z.infer<typeof plan>;
export type DatasetStep = Plan['datasets'][number];
export type PlanInput = Plan['inputs'][number];
export type PlanLayer = Plan['layers'][number];
export type PlanLoss = Plan['losses'][number];
export type PlanTrainer = Plan['trainers'][number];
