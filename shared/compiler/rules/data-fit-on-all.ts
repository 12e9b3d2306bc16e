/** data/fit-on-all: a preparation that measures the data stands before the Split, so that it sees the rows held out. */
import { apply } from '../../document/edits';
import type { Fix } from '../diagnostic';
import { feeder, type Graph, type Node } from '../graph';
import { insertAfter, removeReconnecting } from '../insert';
import { nodesOfKind, type Network } from '../network';
import { warning, type Rule } from './rule';

/** Preparations that keep nothing of the data: what they do to a row depends on that row only. */
const MEASURES_NOTHING = new Set(['Split', 'OneHot', 'ConstantColumn', 'Select', 'Reshape']);

const assignsParts = ({ definition: { behaviour } }: Node) =>
  behaviour.kind === 'preparation' && behaviour.assignsParts === true;

/** Bytes are scaled from 0…255 whatever the pictures hold, so nothing is learned of them. */
function measures({ graph, facts }: Network, node: Node): boolean {
  if (node.definition.behaviour.kind !== 'preparation' || MEASURES_NOTHING.has(node.definition.type))
    return false;
  const columns = facts.get(feeder(graph, node)?.id ?? '')?.columns ?? [];
  return columns.some(
    ({ role, dtype }) => role === 'input' && (dtype !== 'uint8' || node.definition.type !== 'Scale'),
  );
}

/** What measures between the source and this Split, the source's side last. */
function measuredBefore(network: Network, split: Node): Node[] {
  const { graph } = network;
  const found: Node[] = [];
  const seen = new Set<Node>();
  for (let node = feeder(graph, split); node && !seen.has(node); node = feeder(graph, node)) {
    seen.add(node);
    if (assignsParts(node)) break;
    if (measures(network, node)) found.push(node);
  }
  return found;
}

export const dataFitOnAll: Rule = (network) =>
  nodesOfKind(network.graph, 'preparation')
    .filter(assignsParts)
    .flatMap((split) => {
      const { validation, test } = network.facts.get(split.id)?.parts ?? { validation: 0, test: 0 };
      const before = measuredBefore(network, split);
      if (before.length === 0 || validation + test === 0) return [];
      const first = before[before.length - 1];
      return [
        warning('data/fit-on-all', first, {
          message: `${first.label} stands before ${split.label}, so it also measures the ${(validation + test).toLocaleString('en')} rows that are held out.`,
          why: 'What is measured on held-out rows leaks into the training, and the figures come out better than they are.',
          fixes: [moveUp(network.graph, split, first)],
        }),
      ];
    });

/** The Split is taken out and put in again right after what feeds the first block that measures. */
function moveUp(graph: Graph, split: Node, first: Node): Fix | null {
  const { document } = graph;
  const source = feeder(graph, first);
  const output = source?.ports.outputs.at(0)?.name;
  if (!source || output === undefined) return null;
  const removal = removeReconnecting(document, [split.id]);
  const insertion = insertAfter(apply(document, removal), source.id, output, {
    type: split.definition.type,
    params: split.block.params,
  });
  if (!insertion) return null;
  const label = `Move ${split.label} before ${first.label}`;
  return { label, edit: { kind: 'batch', label, edits: [removal, insertion] } };
}
