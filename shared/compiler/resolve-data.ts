/** Phase 2: what every data block and preparation gives, from the facts of the sources. */
import type { PreparationBehaviour, Values } from '../blocks/block';
import type { BlockId } from '../document/document';
import type { DataFacts } from '../document/facts';
import type { Diagnostic } from './diagnostic';
import { diagnose } from './fixes';
import { linksTo, type Node } from './graph';
import { Memory } from './memory';
import type { Network } from './network';
import type { Settled } from './settled';

export type FactsByBlock = Readonly<Record<BlockId, DataFacts>>;

const prepared = new Memory<ReturnType<PreparationBehaviour<Values>['facts']>>();

export function resolveData(network: Network, known: FactsByBlock, settled: Settled): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const node of network.graph.order) {
    const { behaviour } = node.definition;
    if (behaviour.kind === 'source') diagnostics.push(...resolveSource(network, node, known));
    else if (behaviour.kind === 'preparation') diagnostics.push(...resolvePreparation(network, node));
    else continue;
    settled.looked(node);
  }
  return diagnostics;
}

/** Why it matters what a reader found, where the sentence of the reader does not say so itself. */
const WHY: Partial<Record<string, string>> = {
  'data/leak':
    'The network has seen the answer to such rows while it learned, so the figures of that part come out too good.',
  'data/duplicates':
    'A Split can put one into training and the other into validation; the figures then come out too good. Rows that contradict each other cannot both be right.',
  'data/blank': 'There is nothing to see in them, so whatever they are labelled cannot be learned from.',
  'data/channel-order':
    'A network takes the difference between grey and colour for part of the answer, and equal channels only cost time.',
  'data/split-shift':
    'Figures of a part that is unlike what was learned from say little about either; the parts were probably not drawn at random.',
};

function resolveSource(network: Network, node: Node, known: FactsByBlock): Diagnostic[] {
  const { behaviour } = node.definition;
  if (behaviour.kind !== 'source' || network.broken.has(node.id)) return [];
  const unready = behaviour.unready(node.values);
  const facts = Object.hasOwn(known, node.id) ? known[node.id] : undefined;
  if (unready !== null || !facts) {
    network.broken.add(node.id);
    return [
      {
        code: 'data/not-read',
        severity: 'error',
        block: node.id,
        port: null,
        message: unready ?? `${node.label} has not been read yet.`,
        why: unready
          ? `Choose it in ${node.label}; the shapes of the network follow from the data.`
          : 'The shapes of the network follow from the data.',
        fixes: [],
      },
    ];
  }
  // Texts that are not learned from are worth a word only while nothing reads them.
  const readsTexts = network.graph.order.some(({ definition }) => definition.type === 'TextVectorization');
  const problems = facts.problems.filter(({ code }) => !(readsTexts && code === 'data/text-column'));
  const diagnostics = problems.map((problem) =>
    diagnose(network.graph, node, {
      ...problem,
      why: WHY[problem.code] ?? `It was found while ${facts.source} was read.`,
      fixes: behaviour.remedies?.(problem, node.values),
    }),
  );
  if (diagnostics.some(({ severity }) => severity === 'error')) network.broken.add(node.id);
  network.facts.set(node.id, facts);
  network.rows.set(node.id, node.id);
  return diagnostics;
}

function resolvePreparation(network: Network, node: Node): Diagnostic[] {
  const { behaviour, type } = node.definition;
  const [link] = linksTo(node, node.ports.inputs[0].name);
  const before = link && network.facts.get(link.from.block);
  if (
    behaviour.kind !== 'preparation' ||
    !before ||
    network.broken.has(node.id) ||
    network.broken.has(link.from.block)
  ) {
    network.broken.add(node.id);
    return [];
  }
  const { facts, findings } = prepared.of(node.block.params, node.id, [before, node.values, behaviour], () =>
    behaviour.facts(before, node.values),
  );
  if (findings.some(({ severity }) => severity === 'error')) network.broken.add(node.id);
  const rows = network.rows.get(link.from.block) ?? link.from.block;
  network.facts.set(node.id, facts);
  network.rows.set(node.id, behaviour.assignsParts ? `${rows} ${type} ${node.id}` : rows);
  return findings.map((finding) => diagnose(network.graph, node, finding));
}
