/** layer/bottleneck: one or two units that everything must pass through. */
import { linksTo, type Node } from '../graph';
import { widthLayer } from '../fixes';
import { nodesOfKind, type Network } from '../network';
import { hint, type Rule } from './rule';

const NARROW = 2;
/** The layers on both sides are at least this wide, and this many times as wide as the narrow one. */
const WIDE = 16;
const TIMES = 8;

/** An autoencoder is judged by its own inputs, and its narrow code is meant. */
function comparesWithInputs(network: Network): boolean {
  const read = new Set(
    nodesOfKind(network.graph, 'input').flatMap((node) => network.columns.get(node.id) ?? []),
  );
  return nodesOfKind(network.graph, 'loss').some((loss) =>
    (network.columns.get(loss.id) ?? []).some((column) => read.has(column) || column.role === 'input'),
  );
}

const widthBefore = ({ arriving }: Network, node: Node): number =>
  arriving.get(node.id)?.[node.ports.inputs[0].name]?.[0]?.at(-1) ?? 0;

const isWide = (width: number, narrow: number) => width >= WIDE && width >= TIMES * narrow;

export const layerBottleneck: Rule = (network) => {
  const found = new Map<Node, { width: number; next: Node }>();
  for (const node of network.graph.order) {
    const own = node.values.units ?? node.values.filters;
    // Only what arrives in two columns or fewer can come from so few units.
    if (typeof own !== 'number' || own < WIDE || widthBefore(network, node) > NARROW) continue;
    const [port] = node.ports.inputs;
    const before = linksTo(node, port.name).length === 1 ? widthLayer(network.graph, node, port.name) : null;
    const width = Number(before?.node.values[before.parameter] ?? Infinity);
    if (before && width <= NARROW && isWide(own, width) && isWide(widthBefore(network, before.node), width))
      found.set(before.node, { width: Math.min(own, widthBefore(network, before.node)), next: node });
  }
  if (found.size === 0 || comparesWithInputs(network)) return [];
  return [...found].map(([node, { width, next }]) => {
    const parameter = Object.hasOwn(node.values, 'units') ? 'units' : 'filters';
    const own = Number(node.values[parameter]);
    return hint('layer/bottleneck', node, {
      message: `${node.label} has ${own} ${own === 1 ? parameter.slice(0, -1) : parameter} between ${widthBefore(network, node)} values before it and the ${next.label} of ${Number(next.values.units ?? next.values.filters)} after it.`,
      why: 'All that the layers before it found must pass through so few numbers, and what is lost there does not come back.',
      fixes: [
        {
          label: `Set ${parameter} to ${width}`,
          edit: { kind: 'set-param', id: node.id, name: parameter, value: width },
        },
      ],
    });
  });
};
