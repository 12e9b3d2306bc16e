/** Phase 5: the plan, free of layout. Called only where nothing is wrong. */
import { PARTS, type ColumnFacts } from '../document/facts';
import type { BlockId } from '../document/document';
import { hashOf, hashOfList } from '../document/canonical';
import type { Inference, LayerBehaviour, Lender, Values } from '../blocks/block';
import type { ValuesOf } from '../blocks/parameter';
import type { trainParameters } from '../blocks/training/train';
import { defaultMetrics, figureName, isMetric, measures, metricKind } from '../metrics/metric-kinds';
import { isFrozen, isKind, linksRead, linksTo, type Node } from './graph';
import { lenderOf } from './infer-shapes';
import { lossesOf, lossKindOf, trainsInOrder, type Network } from './network';
import { PLAN_VERSION } from './plan';
import type { DatasetStep, Plan, PlanInput, PlanLayer, PlanLoss, PlanTrainer } from './plan';

const parametersOf = (weights: PlanLayer['weights']) =>
  weights.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);

export function assemble(network: Network, totals: Plan['totals']): Plan {
  const { graph, live } = network;
  const used = graph.order.filter((node) => live.has(node));
  const layerNodes = used.filter((node) => isKind(node, 'layer'));
  const others = used.filter((node) => !isKind(node, 'layer'));
  const losses = others.flatMap((node) => lossOf(network, node) ?? []);
  const content = {
    datasets: others.flatMap((node) => datasetOf(node) ?? []),
    inputs: others.flatMap((node) => inputOf(network, node) ?? []),
    layers: layerNodes.flatMap((node) => layerOf(network, node) ?? []),
    outputs: [...new Set(losses.map(({ prediction }) => prediction))],
    losses,
    trainers: trainsInOrder(graph).flatMap((node) => trainerOf(network, node, losses) ?? []),
    totals,
  };
  return {
    version: PLAN_VERSION,
    hash: hashOf({ ...content, layers: hashOfList(content.layers) }),
    ...content,
  };
}

const fromOf = (node: Node, port: string): BlockId => linksTo(node, port)[0].from.block;

function datasetOf(node: Node): DatasetStep | null {
  const { behaviour } = node.definition;
  const step = { block: node.id, type: node.definition.type, params: { ...node.values } };
  if (behaviour.kind === 'source') return { ...step, reader: behaviour.reader, from: null };
  if (behaviour.kind === 'preparation') return { ...step, from: fromOf(node, node.ports.inputs[0].name) };
  return null;
}

const columnNames = (network: Network, node: Node) =>
  (network.columns.get(node.id) ?? []).map(({ name }) => name);

function inputOf(network: Network, node: Node): PlanInput | null {
  if (node.definition.behaviour.kind !== 'input') return null;
  const dataset = fromOf(node, node.ports.inputs[0].name);
  const shape = [...(network.shapes.get(node.id) ?? [null])];
  return { block: node.id, dataset, columns: columnNames(network, node), shape };
}

function layerOf(network: Network, node: Node): PlanLayer | null {
  const { behaviour } = node.definition;
  const inference = network.inferences.get(node.id);
  if (behaviour.kind !== 'layer' || !inference) return null;
  const known = node.lender ? undefined : layers.get(node);
  if (known?.inference === inference) return known.layer;
  const layer = planLayer(behaviour, node, inference, lenderOf(network, node));
  layers.set(node, { inference, layer });
  return layer;
}

/** The same object for the same node and shapes, whose hash is known. */
const layers = new WeakMap<Node, { inference: Inference; layer: PlanLayer }>();

function planLayer(
  behaviour: LayerBehaviour<Values>,
  node: Node,
  inference: Inference,
  lender: Lender | null,
): PlanLayer {
  const inbound = node.ports.inputs.flatMap((port) => linksRead(node, port).map(({ from }) => from.block));
  const weights = inference.weights.map(({ name, shape, trainable }) => ({
    name,
    shape: [...shape],
    trainable,
  }));
  const { config, ...kerasClass } = behaviour.keras(node.values, lender);
  return {
    block: node.id,
    ...kerasClass,
    ...(node.lender ? { shares: node.lender.id } : {}),
    // Keras' own key, left out where it says nothing: some of its layers refuse it.
    config: isFrozen(node) ? { ...config, trainable: false } : config,
    inbound,
    output_shape: [...inference.shape],
    weights,
    parameters: parametersOf(weights),
    multiplyAdds: inference.multiplyAdds,
  };
}

/** Where the column has no names for them: 0 and 1, or −1 and 1; shares of a whole are counted. */
function classNames(task: PlanLoss['task'], column: ColumnFacts): readonly string[] | undefined {
  if (task !== 'classification' && task !== 'binary') return undefined;
  if (column.classes) return column.classes;
  if (task === 'binary') return [(column.min ?? 0) < 0 ? '-1' : '0', '1'];
  return Array.from({ length: column.shape.at(-1) ?? 1 }, (_, index) => String(index));
}

function lossOf(network: Network, node: Node): PlanLoss | null {
  const { behaviour } = node.definition;
  const [column, weights] = network.columns.get(node.id) ?? [];
  if (behaviour.kind !== 'loss' || column === undefined) return null;
  const { labels, task } = lossKindOf(network, node) ?? behaviour;
  const classes = classNames(task, column);
  const others = linksTo(node, 'others').map(({ from }) => from.block);
  return {
    block: node.id,
    ...behaviour.keras(node.values),
    prediction: fromOf(node, 'prediction'),
    ...(others.length > 0 ? { others } : {}),
    dataset: fromOf(node, 'labels'),
    columns: [column.name],
    ...(weights ? { sample_weight: weights.name } : {}),
    predictionMeans: behaviour.predictionMeans(node.values),
    labels,
    task,
    ...(classes ? { classes: [...classes] } : {}),
    weight: Number(node.values.weight),
  };
}

type OptimizerParts = Pick<PlanTrainer, 'optimizer' | 'reduce_lr_on_plateau'>;

function optimizerOf(network: Network, train: Node): OptimizerParts | null {
  const node = network.graph.nodes.get(fromOf(train, 'optimizer'));
  if (node?.definition.behaviour.kind !== 'optimizer') return null;
  const { behaviour } = node.definition;
  const plateau = behaviour.plateau(node.values);
  return {
    optimizer: { block: node.id, ...behaviour.keras(node.values) },
    ...(plateau === null ? {} : { reduce_lr_on_plateau: plateau }),
  };
}

/**
 * The figure by which the best epoch is chosen. Without validation rows there is nothing but the training figures to
 * watch, and of some metrics there are none. Of several losses the first that the metric is measured for counts.
 */
function monitorOf(
  wanted: string,
  hasValidation: boolean,
  metrics: readonly string[],
  losses: readonly PlanLoss[],
): string {
  const figure = wanted.replace(/^val_/, '');
  const ofPart = wanted.startsWith('val_') && hasValidation;
  const of = isMetric(figure) ? losses.find((loss) => measures(figure, loss)) : undefined;
  const known =
    isMetric(figure) && of && metrics.includes(figure) && (ofPart || metricKind(figure).measured === 'batch');
  const name = known ? figureName(figure, of.block, losses.length) : 'loss';
  return ofPart ? `val_${name}` : name;
}

/** Phase 1 checked every value against the definition, so they have the types that it says. */
type TrainValues = ValuesOf<typeof trainParameters>;

function trainerOf(network: Network, train: Node, all: readonly PlanLoss[]): PlanTrainer | null {
  const optimizer = optimizerOf(network, train);
  const ids = new Set(lossesOf(network.graph, train).map(({ id }) => id));
  const losses = all.filter(({ block }) => ids.has(block));
  if (!optimizer || losses.length === 0) return null;
  const values = train.values as unknown as TrainValues;
  const metrics =
    values.metrics.length > 0 ? [...values.metrics] : defaultMetrics(losses.map(({ task }) => task));
  const hasValidation = losses.every(({ dataset }) => (network.facts.get(dataset)?.parts[PARTS[1]] ?? 0) > 0);
  return {
    block: train.id,
    ...optimizer,
    losses: losses.map(({ block }) => block),
    epochs: values.epochs,
    batch_size: values.batch_size,
    shuffle: values.shuffle,
    metrics,
    metric_options: {
      top_k: values.top_k,
      average: values.average,
      max_val: values.max_val,
      beta: values.beta,
      at: values.at,
    },
    class_weight:
      typeof values.class_weight === 'object' && values.class_weight
        ? { ...values.class_weight }
        : values.class_weight,
    monitor: monitorOf(values.monitor, hasValidation, metrics, losses),
    restore_best_weights: values.restore_best_weights,
    early_stopping: values.early_stopping ? { patience: values.patience, min_delta: values.min_delta } : null,
    ...(values.stage > 1 ? { stage: values.stage } : {}),
    ...(values.steps_per_turn > 1 ? { steps_per_turn: values.steps_per_turn } : {}),
    trainable: values.trainable && values.trainable.filter((id) => network.graph.nodes.has(id)),
  };
}
