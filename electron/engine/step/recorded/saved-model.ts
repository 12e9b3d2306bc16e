/**
 * Owns a graph on the disk: TensorFlow's SavedModel, message by message in the encoding of protobuf. The numbers of the
 * fields are those of TensorFlow's `.proto` files (`saved_model`, `meta_graph`, `graph`, `node_def`, `attr_value`, `tensor`,
 * `function`, `op_def`).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PbfWriter } from 'pbf';
import {
  bool,
  DTYPE,
  type Attribute,
  type ConstantValue,
  type Graph,
  type GraphFunction,
  type GraphNode,
} from './graph';

type Write<T> = (value: T, to: PbfWriter) => void;

/**
 * The version of TensorFlow 2.9, the oldest that is supported. It decides only about operations that were given up, and
 * newer libraries run it too.
 */
const PRODUCER = 1087;
export const TAG = 'serve';

const shape: Write<readonly number[]> = (sizes, to) => {
  for (const size of sizes) to.writeMessage(2, (size, dim) => dim.writeVarintField(1, size), size);
};

const tensor: Write<ConstantValue> = (value, to) => {
  to.writeVarintField(1, value.dtype);
  to.writeMessage(2, shape, value.shape);
  const same = oneFloat(value);
  if (same === null) to.writeBytesField(4, value.bytes);
  else to.writePackedFloat(5, [same]);
};

const list: Write<Extract<Attribute, { value: readonly unknown[] }>> = ({ kind, value }, to) => {
  switch (kind) {
    case 'strings':
      for (const one of value) to.writeStringField(2, one);
      break;
    case 'ints':
      to.writePackedVarint(3, [...value]);
      break;
    case 'floats':
      to.writePackedFloat(4, [...value]);
      break;
    case 'bools':
      to.writePackedBoolean(5, [...value]);
      break;
    case 'types':
      to.writePackedVarint(6, [...value]);
      break;
  }
};

const attribute: Write<Attribute> = (given, to) => {
  switch (given.kind) {
    case 'bytes':
      to.writeBytesField(2, given.value);
      break;
    case 'string':
      to.writeStringField(2, given.value);
      break;
    case 'int':
      to.writeVarintField(3, given.value);
      break;
    case 'float':
      to.writeFloatField(4, given.value);
      break;
    case 'bool':
      to.writeBooleanField(5, given.value);
      break;
    case 'type':
      to.writeVarintField(6, given.value);
      break;
    case 'shape':
      to.writeMessage(7, shape, given.value);
      break;
    case 'tensor':
      to.writeMessage(8, tensor, given.value);
      break;
    case 'function':
      to.writeMessage(10, (name, to) => to.writeStringField(1, name), given.value);
      break;
    default:
      to.writeMessage(1, list, given);
  }
};

/** A map is a list of pairs. */
const attributePair: Write<[string, Attribute]> = ([key, value], to) => {
  to.writeStringField(1, key);
  to.writeMessage(2, attribute, value);
};

const node: Write<GraphNode> = ({ name, op, inputs, attributes }, to) => {
  to.writeStringField(1, name);
  to.writeStringField(2, op);
  // TensorFlow wants the nodes that are only waited for after the tensors.
  for (const waits of [false, true])
    for (const ref of inputs) if (ref.startsWith('^') === waits) to.writeStringField(3, ref);
  for (const pair of Object.entries(attributes)) to.writeMessage(5, attributePair, pair);
};

const argument: Write<{ name: string; dtype: number }> = ({ name, dtype }, to) => {
  to.writeStringField(1, name);
  to.writeVarintField(3, dtype);
};

const signature: Write<GraphFunction> = ({ name, inputs, output }, to) => {
  to.writeStringField(1, name);
  for (const input of inputs) to.writeMessage(2, argument, input);
  to.writeMessage(3, argument, { name: 'result', dtype: output.dtype });
  to.writeBooleanField(17, true); // It has a state.
};

/**
 * TensorFlow would make the function part of what calls it, and optimize it there. It leaves functions of tf.data to the
 * settings of their calls.
 */
const LEFT_ALONE = ['_noinline', '_tf_data_function'];

const graphFunction: Write<GraphFunction> = (given, to) => {
  to.writeMessage(1, signature, given);
  for (const one of given.nodes) to.writeMessage(3, node, one);
  const result: Write<string> = (from, to) => {
    to.writeStringField(1, 'result');
    to.writeStringField(2, from);
  };
  to.writeMessage(4, result, given.output.from);
  for (const name of LEFT_ALONE) to.writeMessage(5, attributePair, [name, bool(true)]);
};

const library: Write<readonly GraphFunction[]> = (functions, to) => {
  for (const one of functions) to.writeMessage(1, graphFunction, one);
};

const definition: Write<Graph> = (graph, to) => {
  for (const one of graph) to.writeMessage(1, node, one);
  to.writeMessage(2, library, graph.functions);
  to.writeMessage(4, (producer, to) => to.writeVarintField(1, producer), PRODUCER);
};

const metaGraph: Write<Graph> = (graph, to) => {
  to.writeMessage(1, (tag, to) => to.writeStringField(4, tag), TAG);
  to.writeMessage(2, definition, graph);
};

function savedModel(graph: Graph): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarintField(1, 1);
  writer.writeMessage(2, metaGraph, graph);
  return writer.finish();
}

/** The value of a constant that is written once for the whole shape, or null. */
function oneFloat({ dtype, shape, bytes }: ConstantValue): number | null {
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (dtype !== DTYPE.float32 || bytes.length !== 4 || size === 0) return null;
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
}

/** Calls `use` with a folder that holds the graph, and removes the folder. */
export function withSavedModel<T>(graph: Graph, use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'recorded-step-'));
  try {
    writeFileSync(path.join(folder, 'saved_model.pb'), savedModel(graph));
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
