/** Phase 2: what every data block and preparation gives, from the facts of the sources. */
import type { PreparationBehaviour, Values } from '../blocks/block';
import type { BlockId } from '../document/document';
import type { DataFacts } from '../document/facts';
import type { Diagnostic } from './diagnostic';
import { diagnose } from './fixes';
import { linksTo, type Node } from './graph';
import { Memory } from './memory';
import type { Network } from './network';

export type FactsByBlock = Readonly<Record<BlockId, DataFacts>>;

const prepared = new Memory<ReturnType<PreparationBehaviour<Values>['facts']>>();

export function resolveData(network: Network, known: FactsByBlock): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const node of network.graph.order) {
    const { behaviour } = node.definition;
    if (behaviour.kind === 'source') diagnostics.push(...resolveSource(network, node, known));
    if (behaviour.kind === 'preparation') diagnostics.push(...resolvePreparation(network, node));
  }
  return diagnostics;
}

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
  const diagnostics = facts.problems.map((problem) =>
    diagnose(network.graph, node, {
      ...problem,
      why: `It was found while ${facts.source} was read.`,
      fixes: behaviour.remedies?.(problem.code, node.values),
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
