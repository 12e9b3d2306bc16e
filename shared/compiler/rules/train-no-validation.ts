/** train/no-validation: nothing is held out to watch while training. */
import type { Diagnostic, Fix } from '../diagnostic';
import { feeder, linksTo, type Node } from '../graph';
import { insertAfter } from '../insert';
import { alternating, lossesOf, nodesOfKind, type Network } from '../network';
import { warning, type Rule } from './rule';

/** Where Train blocks take turns, no figure of one of them tells what was learned by heart. */
export const trainNoValidation: Rule = (network) => {
  const inTurns = new Set(alternating(network).flat());
  const alone = nodesOfKind(network.graph, 'train').filter((train) => !inTurns.has(train));
  return alone.flatMap((train) => {
    for (const loss of lossesOf(network.graph, train)) {
      const found = unwatched(network, train, loss);
      if (found) return [found];
    }
    return [];
  });
};

function unwatched(network: Network, train: Node, loss: Node): Diagnostic | null {
  const [link] = linksTo(loss, 'labels');
  const facts = link && !network.broken.has(link.from.block) ? network.facts.get(link.from.block) : undefined;
  if (!facts || facts.parts.validation > 0) return null;
  return warning('train/no-validation', train, {
    message: `None of the ${facts.n.toLocaleString('en')} samples of ${facts.source} are held out for validation.`,
    why: 'Whether the network only learns its samples by heart shows on samples that it has not seen.',
    fixes: [holdOut(network, loss)],
  });
}

function holdOut({ graph }: Network, loss: Node): Fix | null {
  let node = feeder(graph, loss, 'labels');
  for (let before = node; before; before = feeder(graph, before)) {
    node = before;
    if (before.definition.type === 'Split')
      return {
        label: 'Set validation to 0.1',
        edit: { kind: 'set-param', id: before.id, name: 'validation' },
      };
  }
  const output = node?.ports.outputs.at(0)?.name;
  const edit =
    node && output !== undefined ? insertAfter(graph.document, node.id, output, { type: 'Split' }) : null;
  return edit && { label: 'Insert Split', edit };
}
