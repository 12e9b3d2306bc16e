/** layer/no-slope: layers whose only way to the loss leads through a step, where every slope is 0. */
import { predecessors, reach, type Node } from '../graph';
import { lossesOf, nodesOfKind, type Network } from '../network';
import { activationOf, setActivation } from './activations';
import { warning, type Rule } from './rule';

const isStep = (node: Node): boolean => activationOf(node) === 'binary_threshold';

const learns = ({ inferences }: Network, node: Node): boolean =>
  inferences.get(node.id)?.weights.some(({ trainable }) => trainable) ?? false;

/** A small change of a weight before a step changes nothing, or all at once (Gulli, Kapoor and Pal 2019, chapter 1). */
export const layerNoSlope: Rule = (network) => {
  const { graph, live } = network;
  const steps = graph.order.filter((node) => live.has(node) && isStep(node));
  if (steps.length === 0) return [];
  const losses = nodesOfKind(graph, 'train').flatMap((train) => lossesOf(graph, train));
  const withSlope = reach(losses, (node) => predecessors(graph, node).filter((before) => !isStep(before)));
  return steps.flatMap((step) => {
    const before = reach([step], (node) => predecessors(graph, node));
    const still = graph.order.filter(
      (node) => before.has(node) && !withSlope.has(node) && learns(network, node),
    );
    const last = still.at(-1);
    if (last === undefined) return [];
    const more = still.length > 1 ? ` and ${still.length - 1} more` : '';
    return [
      warning('layer/no-slope', step, {
        port: 'input',
        message: `No gradient passes ${step.label}, so that ${last.label}${more} before it cannot learn.`,
        why: 'The slope of a step is 0 everywhere; a sigmoid is nearly a step and has a slope.',
        fixes: [setActivation(step, 'sigmoid')],
      }),
    ];
  });
};
