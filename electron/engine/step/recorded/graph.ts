/**
 * Owns a TensorFlow graph as plain data: nodes in the order in which they can run, each with its attributes and the types
 * of what it puts out. Knows nothing of files, sessions and TensorFlow.js.
 */

/** TensorFlow's numbers for the types that appear here. */
export const DTYPE = { float32: 1, int32: 3, uint8: 4, string: 7, int64: 9, bool: 10, resource: 20 } as const;

/** An output of a node: `name` is its first, `name:1` its second; `^name` waits for the node and takes nothing. */
export type Ref = string;

export interface TensorSpec {
  dtype: number;
  shape: readonly number[];
}

/** Values of a constant as their bytes, row-major, little endian; of a float32 constant also one value for the whole shape. */
export interface ConstantValue extends TensorSpec {
  bytes: Uint8Array;
}

export type Attribute =
  | { kind: 'type' | 'int' | 'float'; value: number }
  | { kind: 'bool'; value: boolean }
  | { kind: 'string'; value: string }
  | { kind: 'shape' | 'types' | 'ints' | 'floats'; value: readonly number[] }
  | { kind: 'bools'; value: readonly boolean[] }
  | { kind: 'strings'; value: readonly string[] }
  | { kind: 'tensor'; value: ConstantValue }
  | { kind: 'bytes'; value: Uint8Array }
  /** The name of a function of the graph. */
  | { kind: 'function'; value: string };
export type Attributes = Readonly<Record<string, Attribute>>;

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly Ref[];
  readonly attributes: Attributes;
  /** Empty where nothing is known of them. */
  readonly outputs: readonly TensorSpec[];
}

/** Nodes that are called together. Within it, references are arguments or, by TensorFlow's names, `node:output name:index`. */
export interface GraphFunction {
  name: string;
  inputs: readonly { name: string; dtype: number }[];
  nodes: readonly GraphNode[];
  output: { dtype: number; from: string };
}

export const typeOf = (value: number): Attribute => ({ kind: 'type', value });
export const int = (value: number): Attribute => ({ kind: 'int', value });
export const bool = (value: boolean): Attribute => ({ kind: 'bool', value });
export const text = (value: string): Attribute => ({ kind: 'string', value });
export const shapeOf = (value: readonly number[]): Attribute => ({ kind: 'shape', value });

export const refTo = (name: string, output: number): Ref => (output === 0 ? name : `${name}:${output}`);
export const after = (node: string): Ref => `^${node}`;

/** The node and the output that a reference names. */
export function parseRef(ref: Ref): { name: string; output: number } {
  const [start, colon] = [ref.startsWith('^') ? 1 : 0, ref.lastIndexOf(':')];
  return colon < 0
    ? { name: start === 0 ? ref : ref.slice(1), output: 0 }
    : { name: ref.slice(start, colon), output: Number(ref.slice(colon + 1)) };
}

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

export class Graph {
  private readonly nodes = new Map<string, GraphNode>();
  readonly functions: GraphFunction[] = [];
  private added = 0;

  /** `scope` begins the names that are made up here. */
  constructor(readonly scope: string) {}

  insert(node: GraphNode): void {
    if (this.nodes.has(node.name)) throw new Error(`the graph has two nodes ${node.name}`);
    this.nodes.set(node.name, node);
  }

  /** Answers the name, which is also the reference to the first output. */
  add(
    op: string,
    inputs: readonly Ref[],
    attributes: Attributes,
    outputs: readonly TensorSpec[],
    name?: string,
  ): string {
    const given = name ?? `${this.scope}/${op}_${this.added++}`;
    this.insert({ name: given, op, inputs, attributes, outputs });
    return given;
  }

  constant(value: ConstantValue, name?: string, waitFor: readonly Ref[] = []): Ref {
    const { dtype, shape } = value;
    return this.add(
      'Const',
      waitFor,
      { dtype: typeOf(dtype), value: { kind: 'tensor', value } },
      [{ dtype, shape }],
      name,
    );
  }

  integers(values: readonly number[]): Ref {
    return this.constant({
      dtype: DTYPE.int32,
      shape: [values.length],
      bytes: new Uint8Array(Int32Array.from(values).buffer),
    });
  }

  integer(value: number): Ref {
    return this.constant({
      dtype: DTYPE.int32,
      shape: [],
      bytes: new Uint8Array(Int32Array.of(value).buffer),
    });
  }

  /** What an int32 constant holds; null where the reference names something else. */
  numbersOf(ref: Ref): readonly number[] | null {
    const value = this.find(ref)?.attributes.value;
    if (value?.kind !== 'tensor' || value.value.dtype !== DTYPE.int32) return null;
    return [...new Int32Array(Uint8Array.from(value.value.bytes).buffer)];
  }

  float(value: number): Ref {
    return this.constant({
      dtype: DTYPE.float32,
      shape: [],
      bytes: new Uint8Array(Float32Array.of(value).buffer),
    });
  }

  placeholder(name: string, spec: TensorSpec): Ref {
    return this.add(
      'Placeholder',
      [],
      { dtype: typeOf(spec.dtype), shape: shapeOf(spec.shape) },
      [spec],
      name,
    );
  }

  /** A variable that lives as long as the session. */
  variable(name: string, { dtype, shape }: TensorSpec): Ref {
    const attributes = { dtype: typeOf(dtype), shape: shapeOf(shape), shared_name: text(name) };
    return this.add('VarHandleOp', [], attributes, [{ dtype: DTYPE.resource, shape: [] }], name);
  }

  read(variable: Ref, spec: TensorSpec, name?: string): Ref {
    return this.add('ReadVariableOp', [variable], { dtype: typeOf(spec.dtype) }, [spec], name);
  }

  assign(variable: Ref, value: Ref, dtype: number, waitFor: readonly Ref[], name: string): string {
    return this.add('AssignVariableOp', [variable, value, ...waitFor], { dtype: typeOf(dtype) }, [], name);
  }

  /** The node that a reference names, where it is of this graph. */
  find(ref: Ref): GraphNode | undefined {
    return this.nodes.get(parseRef(ref).name);
  }

  spec(ref: Ref): TensorSpec | undefined {
    return this.find(ref)?.outputs[parseRef(ref).output];
  }

  append(other: Graph): void {
    for (const node of other) this.insert(node);
  }

  [Symbol.iterator](): IterableIterator<GraphNode> {
    return this.nodes.values();
  }

  get size(): number {
    return this.nodes.size;
  }
}

/** Names of the nodes that these references need, with those they name. */
export function neededFor(graph: Graph, refs: readonly Ref[]): Set<string> {
  const names = new Set<string>();
  const open = refs.map((ref) => parseRef(ref).name);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    for (const input of graph.find(name)?.inputs ?? []) open.push(parseRef(input).name);
  }
  return names;
}

/** The graph with what these references need and nothing else, in the same order. */
export function only(graph: Graph, refs: readonly Ref[]): Graph {
  const names = neededFor(graph, refs);
  const result = new Graph(graph.scope);
  result.functions.push(...graph.functions);
  for (const node of graph) if (names.has(node.name)) result.insert(node);
  return result;
}
