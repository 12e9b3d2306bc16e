/** train/settings: a Train block that names what is not there. */
import { CLIPPINGS } from '../../blocks/optimizer/optimizer-block';
import { defaultMetrics, isMetric, measures, metricKind } from '../../metrics/metric-kinds';
import type { Diagnostic } from '../diagnostic';
import { feeder, type Node } from '../graph';
import { lossesOf, lossKindOf, nodesOfKind, type Network } from '../network';
import { warning, type Rule } from './rule';

export const trainSettings: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => [
    ...unknownBlocks(network, train),
    ...metricsThatDoNotFit(network, train),
    ...monitorNotMeasured(network, train),
    ...oneLimit(feeder(network.graph, train, 'optimizer')),
  ]);

/** Keras refuses an optimizer with more than one way of limiting its gradients. */
function oneLimit(optimizer: Node | null): Diagnostic[] {
  const [counts, other, ...rest] =
    optimizer === null ? [] : CLIPPINGS.filter((name) => Number(optimizer.values[name] ?? 0) > 0);
  if (optimizer === null || other === undefined) return [];
  return [
    warning('train/settings', optimizer, {
      message: `${optimizer.label} has ${[counts, other, ...rest].join(' and ')}; only ${counts} counts.`,
      why: 'Gradients are limited in one way at a time, as in Keras.',
      fixes: [{ label: `Leave ${other} out`, edit: { kind: 'set-param', id: optimizer.id, name: other } }],
    }),
  ];
}

function unknownBlocks({ graph }: Network, train: Node): Diagnostic[] {
  const { trainable } = train.values;
  const ids = Array.isArray(trainable) ? (trainable as string[]) : [];
  const unknown = ids.filter((id) => !graph.nodes.has(id));
  if (unknown.length === 0) return [];
  const value = ids.filter((id) => graph.nodes.has(id));
  return [
    warning('train/settings', train, {
      message: `${train.label} may change ${unknown.slice(0, 4).join(', ')}, which ${unknown.length === 1 ? 'is' : 'are'} not there.`,
      why: 'The block was deleted or muted after it was chosen.',
      fixes: [
        {
          label: 'Leave it out',
          edit: {
            kind: 'set-param',
            id: train.id,
            name: 'trainable',
            value: value.length > 0 ? value : null,
          },
        },
      ],
    }),
  ];
}

const monitorOf = ({ values: { monitor } }: Node): string => (typeof monitor === 'string' ? monitor : '');

const tasksOf = (network: Network, train: Node) =>
  lossesOf(network.graph, train).flatMap((loss) => lossKindOf(network, loss)?.task ?? []);

/** Metrics by the parameter that names them, and a word for what the losses do instead. */
function metricsThatDoNotFit(network: Network, train: Node): Diagnostic[] {
  const tasks = tasksOf(network, train);
  if (tasks.length === 0) return [];
  const fits = (name: string) => !isMetric(name) || tasks.some((task) => measures(name, { task }));
  const { metrics } = train.values;
  const wanted = Array.isArray(metrics) ? metrics.filter((name) => typeof name === 'string') : [];
  const watched = monitorOf(train).replace(/^val_/, '');
  const [wrong, parameter] = wanted.some((name) => !fits(name))
    ? [wanted.filter((name) => !fits(name)), 'metrics']
    : [fits(watched) ? [] : [watched], 'monitor'];
  if (wrong.length === 0) return [];
  const [first] = wrong;
  const of = isMetric(first) ? metricKind(first).of : 'both';
  const does =
    of === 'numbers'
      ? 'chooses between classes'
      : tasks.includes('binary')
        ? 'answers yes or no'
        : tasks.includes('transcription')
          ? 'reads symbols'
          : tasks.includes('other')
            ? 'is measured by nothing but itself'
            : 'predicts numbers';
  const rest = wanted.filter(fits);
  const value = parameter === 'metrics' && rest.length > 0 ? { value: rest } : {};
  return [
    warning('train/settings', train, {
      message: `${train.label} asks for ${wrong.join(', ')} (${parameter}), but its loss ${does}.`,
      why:
        first === 'accuracy'
          ? 'Accuracy counts exact hits, which numbers with decimals hardly ever are; the distance to the target says more.'
          : `It is measured of ${of === 'choice' ? 'one of several classes' : of} only and would be missing in the run.`,
      fixes: [
        {
          label:
            rest.length > 0 && parameter === 'metrics' ? 'Leave it out' : `Set ${parameter} to the default`,
          edit: { kind: 'set-param', id: train.id, name: parameter, ...value },
        },
      ],
    }),
  ];
}

/** The loss would silently take its place. */
function monitorNotMeasured(network: Network, train: Node): Diagnostic[] {
  const { metrics } = train.values;
  const monitor = monitorOf(train);
  const watched = monitor.replace(/^val_/, '');
  const tasks = tasksOf(network, train);
  if (!isMetric(watched) || !tasks.some((task) => measures(watched, { task }))) return [];
  const named = Array.isArray(metrics) ? metrics.filter((name) => typeof name === 'string') : [];
  const measured: readonly string[] = named.length > 0 ? named : defaultMetrics(tasks);
  if (measured.includes(watched)) return [];
  return [
    warning('train/settings', train, {
      message: `${train.label} chooses the best epoch by ${monitor}, but ${watched} is not among its metrics.`,
      why: 'What is not measured cannot be compared, so the loss would decide instead.',
      fixes: [
        {
          label: `Measure ${watched} too`,
          edit: { kind: 'set-param', id: train.id, name: 'metrics', value: [...measured, watched] },
        },
      ],
    }),
  ];
}
