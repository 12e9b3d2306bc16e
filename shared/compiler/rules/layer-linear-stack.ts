/** layer/linear-stack: layers with weights and nothing non-linear between them. */
import { feeder, linksTo, type Link, type Node } from '../graph';
import { insertOnWires } from '../insert';
import type { Network } from '../network';
import type { Shape } from '../shape';
import { activationOf, setActivation } from './activations';
import { hint, warning, type Rule } from './rule';

const hasKernel = ({ inferences }: Network, node: Node) =>
  inferences.get(node.id)?.weights.some(({ name }) => name === 'kernel') ?? false;

const isAffine = (node: Node) =>
  node.definition.behaviour.kind === 'layer' &&
  node.definition.behaviour.affine &&
  activationOf(node) === null;

/** The layer with a kernel before `node`, with only affine layers between, and the link by which it goes on. */
function linearBefore(network: Network, node: Node): { first: Node; link: Link } | null {
  let next = node;
  for (;;) {
    const before = feeder(network.graph, next);
    if (!before || !isAffine(before)) return null;
    if (hasKernel(network, before))
      return { first: before, link: linksTo(next, next.ports.inputs[0].name)[0] };
    next = before;
  }
}

const sizeOf = (shape: Shape | undefined) => (shape ?? []).slice(1).map((size) => size ?? 1);
const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);

/**
 * Two layers on purpose: few channels between many take fewer weights than one map between the many (the linear bottlenecks
 * of Sandler et al. 2018), and scores of classes are enlarged afterwards (Long et al. 2015).
 */
function isMeant({ shapes, arriving }: Network, first: Node, second: Node): boolean {
  const [arrived] = Object.values(arriving.get(first.id) ?? {}).flat();
  const [before, between, after] = [arrived, shapes.get(first.id), shapes.get(second.id)].map(sizeOf);
  const [wide, narrow, wideAgain] = [before, between, after].map((sizes) => sizes.at(-1) ?? 1);
  const enlarges = product(after.slice(0, -1)) > product(between.slice(0, -1));
  return (narrow < wide && narrow < wideAgain) || enlarges;
}

/** Two affine maps in a row are one affine map (Pattanayak 2017, chapter 2: XOR with linear hidden units). */
export const layerLinearStack: Rule = (network) =>
  network.graph.order.flatMap((node) => {
    if (!hasKernel(network, node)) return [];
    const found = linearBefore(network, node);
    if (!found) return [];
    const { first, link } = found;
    const insertion = insertOnWires(network.graph.document, link.wires.slice(0, 1), { type: 'ReLU' });
    const say = isMeant(network, first, node) ? hint : warning;
    return [
      say('layer/linear-stack', node, {
        port: 'input',
        message: `${first.label} and ${node.label} follow each other with nothing non-linear between them.`,
        why: 'Together they compute a weighted sum of weighted sums, which one layer can do as well.',
        fixes: [insertion && { label: 'Insert ReLU', edit: insertion }, setActivation(first, 'relu')],
      }),
    ];
  });
