/** layer/mask-lost: padding that was marked counts again, because a layer or a loss does not know the mark. */
import { inboundOf, maskedIn } from '../masked';
import { maskRole, type PlacedLayer } from '../masks';
import type { Network } from '../network';
import { warning, type Rule } from './rule';

const labelOf = ({ graph }: Network, block: string): string => graph.nodes.get(block)?.label ?? block;

/** Where the mask of `block` was made: back along the blocks that carry it. */
function makerOf(block: string, layers: readonly PlacedLayer[], masked: ReadonlySet<string>): string {
  const layer = layers.find((candidate) => candidate.block === block);
  const before =
    layer && maskRole(layer) !== 'makes' ? layer.inbound.find((one) => masked.has(one)) : undefined;
  return before === undefined ? block : makerOf(before, layers, masked);
}

export const layerMaskLost: Rule = (network) => {
  const { layers, blocks: masked } = maskedIn(network);
  if (masked.size === 0) return [];
  const nodes = network.graph.order.filter(({ id }) => !network.broken.has(id));
  const loses = new Set(layers.filter((layer) => maskRole(layer) === 'loses').map(({ block }) => block));
  return nodes.flatMap((node) => {
    const isLoss = node.definition.behaviour.kind === 'loss';
    const from = inboundOf(node).find((block) => masked.has(block));
    if (from === undefined || !(isLoss || loses.has(node.id))) return [];
    const maker = labelOf(network, makerOf(from, layers, masked));
    return [
      warning('layer/mask-lost', node, {
        port: node.ports.inputs[0].name,
        message: `${node.label} does not know which steps are padding: the mask from ${maker} ends here.`,
        why: isLoss
          ? 'The loss counts padded steps like all others.'
          : 'Behind it padded steps count like all others. Recurrent layers, attention and GlobalAveragePooling1D use the mask; Dense, Dropout and LayerNormalization hand it on.',
      }),
    ];
  });
};
