/** Phase 1: from the document to the graph. Blocks are recognised, parameters checked, wires tied, bypassed blocks joined over. */
import type { AnyBlockDefinition, Ports, Values } from '../blocks/block';
import { definitionOf, valuesOf } from '../blocks/catalogue';
import type { Block, BlockId, Document, Endpoint } from '../document/document';
import { sortedEntries } from '../document/ids';
import { removeBlocks } from '../document/edits';
import { checkParameters } from './check-parameters';
import type { Diagnostic, Fix } from './diagnostic';
import type { Graph, Node } from './graph';
import { graphAfter, keepNodes } from './graph-after';
import { sortLinks, tie, tieWires, untie } from './links';
import { findCycles, topologicalOrder, wiresOfCycle } from './order';

export interface Expansion {
  graph: Graph;
  diagnostics: Diagnostic[];
}

/** `before` is the graph of the same document or of one like it: nodes that are as they were are its very objects. */
export function expand(document: Document, before?: Graph): Expansion {
  const again = before && graphAfter(before, document, { labelsOf, nodeOf });
  return again ? { graph: again, diagnostics: [] } : expandAnew(document, before);
}

/** null where there is something to say about the block, or where what it stands for depends on others. */
function nodeOf(document: Document, id: BlockId, label: string): Node | null {
  const block = document.blocks[id];
  const diagnostics: Diagnostic[] = [];
  const definition = recognise(document, id, block, diagnostics);
  const node = definition && makeNode({ broken: new Set() }, id, block, definition, label, diagnostics);
  return node && diagnostics.length === 0 && !isPassedThrough(node) && !borrows(node) ? node : null;
}

function expandAnew(document: Document, before?: Graph): Expansion {
  const diagnostics: Diagnostic[] = [];
  const graph: Graph = {
    document,
    nodes: new Map(),
    order: [],
    cycles: [],
    broken: new Set(),
    wrongWires: new Set(),
    through: new Map(),
    isPlain: false,
    edit: null,
  };
  const labels = labelsOf(document);
  for (const [id, block] of sortedEntries(document.blocks)) {
    if (block.mode === 'muted') continue;
    const definition = recognise(document, id, block, diagnostics);
    if (definition)
      graph.nodes.set(id, makeNode(graph, id, block, definition, labels.get(id) ?? id, diagnostics));
  }
  tieWires(graph, diagnostics);
  joinBypassed(graph, diagnostics);
  tieLenders(graph);
  if (before) keepNodes(graph, before);
  graph.order = topologicalOrder(graph);
  const ordered = new Set(graph.order);
  const stuck = [...graph.nodes.values()].filter((node) => !ordered.has(node));
  graph.cycles = findCycles(graph, stuck);
  for (const node of stuck) graph.broken.add(node.id);
  for (const wire of graph.cycles.flatMap(wiresOfCycle)) graph.wrongWires.add(wire);
  graph.isPlain =
    diagnostics.length + graph.broken.size + graph.through.size === 0 && !graph.order.some(borrows);
  return { graph, diagnostics };
}

/** A person's title, else the type's; with the id where several blocks would be called the same. */
function labelsOf(document: Document): Map<BlockId, string> {
  const plain = (block: Block) => block.title || definitionOf(block.type)?.title || block.type;
  const count = new Map<string, number>();
  for (const block of Object.values(document.blocks))
    count.set(plain(block), (count.get(plain(block)) ?? 0) + 1);
  return new Map(
    Object.entries(document.blocks).map(([id, block]) => {
      const label = plain(block);
      return [id, (count.get(label) ?? 0) > 1 ? `${label} (${id})` : label];
    }),
  );
}

const remove = (document: Document, id: BlockId): Fix => ({
  label: 'Delete the block',
  edit: removeBlocks(document, [id]),
});

function recognise(
  document: Document,
  id: BlockId,
  block: Block,
  diagnostics: Diagnostic[],
): AnyBlockDefinition | null {
  const report = (code: string, message: string, why: string) => {
    diagnostics.push({
      code,
      severity: 'error',
      block: id,
      port: null,
      message,
      why,
      fixes: [remove(document, id)],
    });
    return null;
  };
  // A composite that is still there could not be inlined, which was said there.
  if (Object.hasOwn(document.composites, block.type)) return null;
  const definition = definitionOf(block.type);
  if (!definition)
    return report(
      'block/unknown',
      `${block.type} is not a block of this version; it is kept in the file.`,
      'The file may come from a newer version: open it there, or put another block in its place.',
    );
  if (block.version > definition.version)
    return report(
      'block/unknown',
      `${block.type} is of version ${block.version}, but this application knows it up to version ${definition.version}; it is kept in the file.`,
      'The file was written by a newer version: open it there, or put a new block in its place.',
    );
  return definition;
}

/** Parameters that were found to be right, with the type that they are right for. */
const found = new WeakMap<Block['params'], string>();

const ports = new WeakMap<Values, { definition: AnyBlockDefinition; ports: Ports }>();

function portsFor(definition: AnyBlockDefinition, values: Values): Ports {
  const known = ports.get(values);
  if (known?.definition === definition) return known.ports;
  const made = definition.ports(values);
  ports.set(values, { definition, ports: made });
  return made;
}

function makeNode(
  graph: Pick<Graph, 'broken'>,
  id: BlockId,
  block: Block,
  definition: AnyBlockDefinition,
  label: string,
  diagnostics: Diagnostic[],
): Node {
  const values = checkedValues(graph, id, block, definition, label, diagnostics);
  return {
    id,
    block,
    definition,
    values,
    label,
    ports: portsFor(definition, values),
    inputs: new Map(),
    outputs: [],
    lender: null,
    borrowers: [],
  };
}

function checkedValues(
  graph: Pick<Graph, 'broken'>,
  id: BlockId,
  block: Block,
  definition: AnyBlockDefinition,
  label: string,
  diagnostics: Diagnostic[],
): Values {
  if (Object.keys(block.params).length === 0 || found.get(block.params) === block.type)
    return valuesOf(block);
  const checked = checkParameters(id, block, definition, label, valuesOf(block));
  diagnostics.push(...checked.diagnostics);
  if (checked.isBroken) graph.broken.add(id);
  if (checked.diagnostics.length > 0) return checked.values;
  found.set(block.params, block.type);
  return valuesOf(block);
}

/** Names the layer whose weights it uses by a parameter, which changes what is computed before what. */
const borrows = ({ definition: { behaviour } }: Node): boolean =>
  behaviour.kind === 'layer' && behaviour.lender !== undefined;

/** A block that is not there, or is no layer, lends nothing: the borrower says so itself. */
function tieLenders(graph: Graph) {
  for (const node of graph.nodes.values()) {
    const { behaviour } = node.definition;
    const id = behaviour.kind === 'layer' ? behaviour.lender?.(node.values) : null;
    const lender = id === null || id === undefined ? undefined : graph.nodes.get(id);
    if (lender?.definition.behaviour.kind !== 'layer' || lender === node) continue;
    node.lender = lender;
    lender.borrowers.push(node);
  }
}

const isPassedThrough = ({ block, definition }: Node): boolean =>
  block.mode === 'bypassed' || definition.behaviour.kind === 'junction';

/** Its first input goes straight to its first output. */
function joinBypassed(graph: Graph, diagnostics: Diagnostic[]) {
  for (const node of [...graph.nodes.values()]) {
    if (!isPassedThrough(node)) continue;
    const [input, output] = [node.ports.inputs.at(0), node.ports.outputs.at(0)];
    const isFed = input && output && input.kind === output.kind;
    const source = isFed ? (node.inputs.get(input.name)?.[0] ?? null) : null;
    if (!isFed) reportBypass(node, diagnostics);
    for (const link of node.outputs) {
      untie(graph, link);
      if (source && link.from.port === output?.name && source.from.block !== node.id) {
        tie(graph, { ...source, to: link.to, wires: [...source.wires, ...link.wires] });
        sortLinks(graph, link.to);
      } else if (!isFed) graph.broken.add(link.to.block);
    }
    for (const links of [...node.inputs.values()]) for (const link of links) untie(graph, link);
    graph.nodes.delete(node.id);
    graph.through.set(node.id, source?.from ?? null);
  }
}

function reportBypass(node: Node, diagnostics: Diagnostic[]) {
  diagnostics.push({
    code: 'graph/bypass',
    severity: 'error',
    block: node.id,
    port: null,
    message: `${node.label} cannot be bypassed: what comes in is of another kind than what goes out.`,
    why: 'A bypassed block hands its first input on unchanged.',
    fixes: [{ label: 'Switch it on again', edit: { kind: 'set-mode', id: node.id } }],
  });
}

/** The block whose output really arrives at a wire: behind bypassed blocks, the last one that computes. */
export function sourceBehind(graph: Graph, from: Endpoint): BlockId | null {
  if (!graph.through.has(from.block)) return from.block;
  const seen = new Set<BlockId>();
  let id: BlockId | null = from.block;
  while (id !== null && graph.through.has(id) && !seen.has(id)) {
    seen.add(id);
    id = graph.through.get(id)?.block ?? null;
  }
  return id;
}
