/** Owns a graph on the disk: TensorFlow's SavedModel, in the protobuf classes that TensorFlow.js for Node brings. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {
  bool,
  DTYPE,
  type Attribute,
  type ConstantValue,
  type Graph,
  type GraphFunction,
  type GraphNode,
} from './graph';

/** What is used of the generated classes, which come without types. */
interface Message {
  serializeBinary(): Uint8Array;
}
interface Shape extends Message {
  setDimList(sizes: Message[]): void;
}
interface Dim extends Message {
  setSize(size: number): void;
}
interface TensorValue extends Message {
  setDtype(dtype: number): void;
  setTensorShape(shape: Shape): void;
  setTensorContent(bytes: Uint8Array): void;
  setFloatValList(values: number[]): void;
}
interface ListValue extends Message {
  setSList(values: Uint8Array[]): void;
  setIList(values: number[]): void;
  setFList(values: number[]): void;
  setBList(values: boolean[]): void;
  setTypeList(values: number[]): void;
}
interface Value extends Message {
  setList(list: ListValue): void;
  setS(value: Uint8Array): void;
  setI(value: number): void;
  setF(value: number): void;
  setB(value: boolean): void;
  setType(value: number): void;
  setShape(value: Shape): void;
  setTensor(value: TensorValue): void;
  setFunc(value: Named): void;
}
interface Named extends Message {
  setName(name: string): void;
}
interface Argument extends Named {
  setType(dtype: number): void;
}
interface Signature extends Named {
  setInputArgList(inputs: Argument[]): void;
  setOutputArgList(outputs: Argument[]): void;
  setIsStateful(value: boolean): void;
}
interface FunctionMessage extends Message {
  setSignature(signature: Signature): void;
  setNodeDefList(nodes: Node[]): void;
  getRetMap(): { set(name: string, from: string): void };
  getAttrMap(): { set(name: string, value: Value): void };
}
interface Library extends Message {
  setFunctionList(functions: FunctionMessage[]): void;
}
interface Node extends Named {
  setOp(op: string): void;
  setInputList(inputs: string[]): void;
  getAttrMap(): { set(name: string, value: Value): void };
}
interface Versions extends Message {
  setProducer(version: number): void;
}
interface GraphMessage extends Message {
  setNodeList(nodes: Node[]): void;
  setVersions(versions: Versions): void;
  setLibrary(library: Library): void;
}
interface MetaInfo extends Message {
  setTagsList(tags: string[]): void;
}
interface MetaGraph extends Message {
  setMetaInfoDef(info: MetaInfo): void;
  setGraphDef(graph: GraphMessage): void;
}
interface SavedModelMessage extends Message {
  setSavedModelSchemaVersion(version: number): void;
  setMetaGraphsList(graphs: MetaGraph[]): void;
}
interface Messages {
  AttrValue: { new (): Value; ListValue: new () => ListValue };
  FunctionDef: new () => FunctionMessage;
  FunctionDefLibrary: new () => Library;
  GraphDef: new () => GraphMessage;
  MetaGraphDef: { new (): MetaGraph; MetaInfoDef: new () => MetaInfo };
  NameAttrList: new () => Named;
  NodeDef: new () => Node;
  OpDef: { new (): Signature; ArgDef: new () => Argument };
  SavedModel: new () => SavedModelMessage;
  Tensor: new () => TensorValue;
  TensorShape: { new (): Shape; Dim: new () => Dim };
  VersionDef: new () => Versions;
}

/** A bundled CommonJS file has a file name, a source module has a URL; both lead to the same node_modules. */
const nodeRequire = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);

/**
 * The version of TensorFlow 2.9, the oldest that is supported. It decides only about operations that were given up, and
 * newer libraries run it too.
 */
const PRODUCER = 1087;
export const TAG = 'serve';

class Writer {
  private readonly messages = nodeRequire('@tensorflow/tfjs-node/dist/proto/api_pb.js') as Messages;

  private shape(sizes: readonly number[]): Shape {
    const shape = new this.messages.TensorShape();
    shape.setDimList(
      sizes.map((size) => {
        const dim = new this.messages.TensorShape.Dim();
        dim.setSize(size);
        return dim;
      }),
    );
    return shape;
  }

  private tensor({ dtype, shape, bytes }: ConstantValue): TensorValue {
    const tensor = new this.messages.Tensor();
    tensor.setDtype(dtype);
    tensor.setTensorShape(this.shape(shape));
    const same = oneFloat({ dtype, shape, bytes });
    if (same === null) tensor.setTensorContent(bytes);
    else tensor.setFloatValList([same]);
    return tensor;
  }

  private list(attribute: Extract<Attribute, { value: readonly unknown[] }>): ListValue {
    const list = new this.messages.AttrValue.ListValue();
    switch (attribute.kind) {
      case 'types':
        list.setTypeList([...attribute.value]);
        break;
      case 'ints':
        list.setIList([...attribute.value]);
        break;
      case 'floats':
        list.setFList([...attribute.value]);
        break;
      case 'bools':
        list.setBList([...attribute.value]);
        break;
      case 'strings':
        list.setSList(attribute.value.map((value) => Buffer.from(value)));
        break;
    }
    return list;
  }

  private value(attribute: Attribute): Value {
    const value = new this.messages.AttrValue();
    switch (attribute.kind) {
      case 'type':
        value.setType(attribute.value);
        break;
      case 'int':
        value.setI(attribute.value);
        break;
      case 'float':
        value.setF(attribute.value);
        break;
      case 'bool':
        value.setB(attribute.value);
        break;
      case 'string':
        value.setS(Buffer.from(attribute.value));
        break;
      case 'shape':
        value.setShape(this.shape(attribute.value));
        break;
      case 'tensor':
        value.setTensor(this.tensor(attribute.value));
        break;
      case 'bytes':
        value.setS(attribute.value);
        break;
      case 'function': {
        const named = new this.messages.NameAttrList();
        named.setName(attribute.value);
        value.setFunc(named);
        break;
      }
      default:
        value.setList(this.list(attribute));
    }
    return value;
  }

  private node({ name, op, inputs, attributes }: GraphNode): Node {
    const node = new this.messages.NodeDef();
    node.setName(name);
    node.setOp(op);
    // TensorFlow wants the nodes that are only waited for after the tensors.
    node.setInputList([
      ...inputs.filter((ref) => !ref.startsWith('^')),
      ...inputs.filter((ref) => ref.startsWith('^')),
    ]);
    const map = node.getAttrMap();
    for (const [key, attribute] of Object.entries(attributes)) map.set(key, this.value(attribute));
    return node;
  }

  private argument(name: string, dtype: number): Argument {
    const argument = new this.messages.OpDef.ArgDef();
    argument.setName(name);
    argument.setType(dtype);
    return argument;
  }

  /**
   * TensorFlow would make the function part of what calls it, and optimize it there. It leaves functions of tf.data to the
   * settings of their calls.
   */
  private function({ name, inputs, nodes, output }: GraphFunction): FunctionMessage {
    const signature = new this.messages.OpDef();
    signature.setName(name);
    signature.setInputArgList(inputs.map((input) => this.argument(input.name, input.dtype)));
    signature.setOutputArgList([this.argument('result', output.dtype)]);
    signature.setIsStateful(true);
    const message = new this.messages.FunctionDef();
    message.setSignature(signature);
    message.setNodeDefList(nodes.map((node) => this.node(node)));
    message.getRetMap().set('result', output.from);
    for (const attribute of ['_noinline', '_tf_data_function'])
      message.getAttrMap().set(attribute, this.value(bool(true)));
    return message;
  }

  savedModel(graph: Graph): Uint8Array {
    const { FunctionDefLibrary, GraphDef, MetaGraphDef, SavedModel, VersionDef } = this.messages;
    const versions = new VersionDef();
    versions.setProducer(PRODUCER);
    const definition = new GraphDef();
    definition.setNodeList([...graph].map((node) => this.node(node)));
    definition.setVersions(versions);
    const library = new FunctionDefLibrary();
    library.setFunctionList(graph.functions.map((each) => this.function(each)));
    definition.setLibrary(library);
    const info = new MetaGraphDef.MetaInfoDef();
    info.setTagsList([TAG]);
    const metaGraph = new MetaGraphDef();
    metaGraph.setMetaInfoDef(info);
    metaGraph.setGraphDef(definition);
    const model = new SavedModel();
    model.setSavedModelSchemaVersion(1);
    model.setMetaGraphsList([metaGraph]);
    return model.serializeBinary();
  }
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
    writeFileSync(path.join(folder, 'saved_model.pb'), new Writer().savedModel(graph));
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
