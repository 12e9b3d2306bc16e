/** data/too-few: so few samples held out that their figures say little, though there are plenty. */
import { consumers } from '../graph';
import { linksTo, type Node } from '../graph';
import { nodesOfKind, type Network } from '../network';
import { hint, type Rule } from './rule';

/** Samples per class, or in all where numbers are predicted. */
const ENOUGH = 100;
/** Of fewer than this many times as much no part can be large; how sure a figure is stands beside every figure anyway. */
const PLENTY = 10;
/** Where the bound is drawn for a share of about 0.9: half of the 95 % interval is 1.96 · √(0.9 · 0.1 / n). */
const marginOf = (n: number) => Math.max(1, Math.round(100 * 1.96 * Math.sqrt(0.09 / n)));

export const dataTooFew: Rule = (network) =>
  nodesOfKind(network.graph, 'loss').flatMap((loss) => {
    const trains = consumers(network.graph, loss).some((node) => node.definition.behaviour.kind === 'train');
    return trains ? heldOut(network, loss) : [];
  });

function heldOut(network: Network, loss: Node) {
  const [link] = linksTo(loss, 'labels');
  const facts = link && !network.broken.has(link.from.block) ? network.facts.get(link.from.block) : undefined;
  const label = network.columns.get(loss.id)?.at(0);
  const n = facts?.parts.validation ?? 0;
  if (!facts || !label || n === 0) return [];
  const k = label.classes?.length ?? 1;
  if (n >= ENOUGH * k || facts.n < PLENTY * ENOUGH * k) return [];
  const each = Math.floor(n / k);
  return [
    hint('data/too-few', loss, {
      port: 'labels',
      message:
        k > 1
          ? `Only ${n.toLocaleString('en')} samples are held out for validation, about ${each} of each class.`
          : `Only ${n.toLocaleString('en')} samples are held out for validation.`,
      why:
        k > 1
          ? `An accuracy of 90 % from so few is known to about ± ${marginOf(n)} points, so small differences between runs mean nothing.`
          : 'A mean over so few changes much with the samples drawn, so small differences between runs mean nothing.',
    }),
  ];
}
