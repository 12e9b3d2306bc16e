/** data/rows-differ: inputs and labels that are not rows of the same data. */
import type { Diagnostic, Fix } from '../diagnostic';
import { linksTo, needsOf, type Graph, type Node } from '../graph';
import { nodesOfKind, type Network } from '../network';
import { error, type Rule } from './rule';

export const dataRowsDiffer: Rule = (network) =>
  nodesOfKind(network.graph, 'loss').flatMap((loss) => differing(network, loss) ?? []);

function differing({ graph, rows, facts }: Network, loss: Node): Diagnostic | null {
  const [labels] = linksTo(loss, 'labels');
  const ofLabels = labels && rows.get(labels.from.block);
  if (ofLabels === undefined || linksTo(loss, 'prediction').length === 0) return null;
  for (const input of needsOf(graph, loss)) {
    const [data] = input.definition.behaviour.kind === 'input' ? linksTo(input, 'data') : [];
    const ofInput = data && rows.get(data.from.block);
    if (ofInput === undefined || ofInput === ofLabels) continue;
    const sameSource = ofInput.split(' ')[0] === ofLabels.split(' ')[0];
    const name = (id: string) => facts.get(id)?.source ?? id;
    return error('data/rows-differ', loss, {
      port: 'labels',
      message: sameSource
        ? `${input.label} and the labels of ${loss.label} do not go through the same Split.`
        : `${input.label} reads ${name(data.from.block)}, but the labels of ${loss.label} come from ${name(labels.from.block)}.`,
      why: 'Each prediction is compared with the label of the same row, so both must come from the same rows in the same parts.',
      fixes: [takeLabelsFrom(graph, loss, data.from)],
    });
  }
  return null;
}

function takeLabelsFrom(graph: Graph, loss: Node, from: { block: string; port: string }): Fix | null {
  const wire = linksTo(loss, 'labels')[0].wires.at(-1);
  const source = graph.nodes.get(from.block);
  if (wire === undefined || !source) return null;
  return {
    label: `Take the labels from ${source.label}`,
    edit: { kind: 'add-wire', id: wire, wire: { from, to: { block: loss.id, port: 'labels' } } },
  };
}
