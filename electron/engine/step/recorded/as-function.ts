/**
 * Owns a long step as a function of its graph, called once. TensorFlow's own optimizer of graphs takes half a second for a
 * thousand operations before the first call, and for unrolled layers finds little; a function can ask to be left as it is,
 * a session of this binding cannot.
 */
import { neededFor, parseRef, type Attribute, type Graph, type GraphNode, type Ref } from './graph';
import { outputName } from './output-names';

/** What is fed and the one thing that is fetched. */
interface FedCall {
  feeds: Ref[];
  scalars: Ref;
}

const CONVOLUTIONS = new Set(['Conv2D', 'Conv3D', 'DepthwiseConv2dNative']);

/**
 * Steps of this many operations become functions; below, calling one costs more than it saves. Around convolutions
 * TensorFlow's optimizer finds something to merge, so that their steps stay in its hands longer.
 */
const longFrom = (graph: Graph, needed: ReadonlySet<string>): number =>
  [...needed].some((name) => CONVOLUTIONS.has(graph.find(name)?.op ?? '')) ? 2_000 : 1_500;

/**
 * A ConfigProto: graph_options (10), in it rewrite_options (10), in it disable_meta_optimizer (19). The names of protobuf's
 * classes for it are not among those that TensorFlow.js brings.
 */
const AS_IT_IS: Attribute = {
  kind: 'bytes',
  value: Uint8Array.of(0x52, 5, 0x52, 3, 0x98, 1, 1),
};

/** The call as it is where it is short, or where it holds an operation whose outputs have no known names. */
export function asFunction<T extends FedCall>(graph: Graph, call: T, from?: number): T {
  const needed = neededFor(graph, [call.scalars]);
  if (needed.size < (from ?? longFrom(graph, needed))) return call;
  const fed = call.feeds.filter((feed) => needed.has(feed));
  const given = new Map(fed.map((feed, i) => [feed, `fed_${i}`]));
  const renamed = (ref: Ref): string | null => {
    const { name, output } = parseRef(ref);
    if (ref.startsWith('^')) return ref;
    const within = outputName(graph.find(name)?.op ?? '', output);
    return given.get(ref) ?? (within && `${name}:${within}`);
  };
  const nodes: GraphNode[] = [];
  for (const node of graph) {
    if (!needed.has(node.name) || given.has(node.name)) continue;
    const inputs = node.inputs.map(renamed);
    if (!inputs.every((input) => input !== null)) return call;
    nodes.push({ ...node, inputs });
  }
  const result = renamed(call.scalars);
  const spec = graph.spec(call.scalars);
  if (result === null || spec === undefined) return call;
  const name = `step_${graph.functions.length}`;
  const types = fed.map((feed) => graph.spec(feed)?.dtype ?? 0);
  graph.functions.push({
    name,
    inputs: fed.map((feed, i) => ({ name: given.get(feed) ?? '', dtype: types[i] })),
    nodes,
    output: { dtype: spec.dtype, from: result },
  });
  const attributes: Record<string, Attribute> = {
    Tin: { kind: 'types', value: types },
    Tout: { kind: 'types', value: [spec.dtype] },
    f: { kind: 'function', value: name },
    config_proto: AS_IT_IS,
  };
  return {
    ...call,
    scalars: graph.add('StatefulPartitionedCall', fed, attributes, [spec], `${name}/called`),
  };
}
