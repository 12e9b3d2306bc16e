/**
 * Owns the way of single blocks to the current version of their type. A file keeps a version for each block, so that a
 * type can change without a new schema.
 */
import type { BlockId, Document, Wire } from '../document';
import { sortedEntries } from '../ids';

type Network = Pick<Document, 'blocks' | 'wires'>;
type Upgrade = (network: Network, id: BlockId) => Network;

/** Once the order in which wires were drawn decided which input was the first. */
const oneManyPortToTwo: Upgrade = ({ blocks, wires }, id) => {
  const arriving = sortedEntries(wires).filter(([, { to }]) => to.block === id && to.port === 'inputs');
  const moved = arriving.map(([wire, { from }], i): [string, Wire] => [
    wire,
    { from, to: { block: id, port: i === 0 ? 'first' : 'second' } },
  ]);
  return {
    blocks: { ...blocks, [id]: { ...blocks[id], version: 2 } },
    wires: { ...wires, ...Object.fromEntries(moved) },
  };
};

/** By type, then by the version that it takes a block from; it leads to the next one. */
const UPGRADES: Readonly<Record<string, Readonly<Record<number, Upgrade>>>> = {
  Subtract: { 1: oneManyPortToTwo },
  Dot: { 1: oneManyPortToTwo },
};

const upgradeOf = (network: Network, id: BlockId): Upgrade | undefined => {
  const { type, version } = network.blocks[id];
  return Object.hasOwn(UPGRADES, type) ? UPGRADES[type][version] : undefined;
};

function upgraded<N extends Network>(network: N): N {
  let current: Network = network;
  for (const id of Object.keys(network.blocks))
    for (let upgrade = upgradeOf(current, id); upgrade; upgrade = upgradeOf(current, id))
      current = upgrade(current, id);
  return current === network ? network : { ...network, ...current };
}

/** The document with every block that has an upgrade at its current version, inside composite blocks too. */
export function upgradeBlocks(document: Document): Document {
  const composites = Object.entries(document.composites).map(
    ([type, inside]) => [type, upgraded(inside)] as const,
  );
  return { ...upgraded(document), composites: Object.fromEntries(composites) };
}
