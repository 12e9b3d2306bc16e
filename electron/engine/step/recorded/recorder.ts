/**
 * Owns the recording: a function of tensors is run once while every operation that reaches TensorFlow is written down as
 * a node of a graph. Gradients, layers and losses stay TensorFlow.js'; the graph knows nothing of them.
 */
import type { KernelFunc, Tensor } from '@tensorflow/tfjs';
import { fail, ok, type Result } from '../../../../shared/result';
import { tf } from '../../tensorflow';
import { DTYPE, refTo, typeOf, type Attribute, type Graph, type Ref, type TensorSpec } from './graph';
import { copyOf, idOf, type Binding, type NativeBackend } from './native';

type OperationAttributes = Parameters<Binding['executeOp']>[1];
type ConstantValues = Parameters<Binding['createTensor']>[2];

/** Ends a recording: the function did what no graph can repeat. */
class Unrecordable extends Error {}

/** Their numbers come from a state inside the operation, which no checkpoint holds. */
const HIDDEN_STATE = new Set([
  'Multinomial',
  'RandomGamma',
  'RandomPoisson',
  'RandomShuffle',
  'RandomStandardNormal',
  'RandomUniform',
  'RandomUniformInt',
  'TruncatedNormal',
]);

/** Eager operations find the type of their input themselves; TensorFlow.js leaves it out here, or names that of an earlier tensor. */
const TYPE_OF_INPUT = new Set(['ExpandDims', 'Mean']);

/** Above all numbers that the binding gives. */
const FIRST_OUTPUT = 1 << 30;

export interface Recording {
  graph: Graph;
  /** What the function is given: where the graph finds it. */
  known: ReadonlyMap<Tensor, Ref>;
  /** Answers what is wanted of it. */
  compute: () => Tensor[];
}

/** Every value of an attribute has one of TensorFlow's kinds; lists come as arrays. */
function attributeOf(binding: Binding, { name, type, value }: OperationAttributes[number]): Attribute {
  const kind = (
    {
      [binding.TF_ATTR_STRING]: 'string',
      [binding.TF_ATTR_INT]: 'int',
      [binding.TF_ATTR_FLOAT]: 'float',
      [binding.TF_ATTR_BOOL]: 'bool',
      [binding.TF_ATTR_TYPE]: 'type',
      [binding.TF_ATTR_SHAPE]: 'shape',
    } as Record<number, string | undefined>
  )[type];
  if (kind === undefined)
    throw new Unrecordable(`its attribute ${name} is of a kind that cannot be written down`);
  return { kind: Array.isArray(value) && kind !== 'shape' ? `${kind}s` : kind, value } as Attribute;
}

function bytesOf(dtype: number, values: ConstantValues): Uint8Array {
  if (!ArrayBuffer.isView(values))
    throw new Unrecordable(`it makes a constant of type ${dtype} that holds no numbers`);
  // One value stands for all of them: whole maps of ones are common in gradients.
  const one = dtype === DTYPE.float32 && values.byteLength > 4 && isOneValue(values);
  const length = one ? 4 : values.byteLength;
  return new Uint8Array(values.buffer.slice(values.byteOffset, values.byteOffset + length));
}

/** Whether all four-byte values are the same, bit for bit. */
function isOneValue({ buffer, byteOffset, byteLength }: ArrayBufferView): boolean {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return bytes.compare(bytes, 4, byteLength, 0, byteLength - 4) === 0;
}

class Recorder {
  private readonly refs = new Map<number, Ref>();
  /** Numbers of the binding are used again: what was made from JavaScript must keep its number until the end. */
  private readonly freed: number[] = [];
  /**
   * What operations put out gets numbers that are never used again, each with the binding's own, so that it can be freed
   * when TensorFlow.js frees it: a recording takes no more memory than a step that is not recorded.
   */
  private readonly outputs = new Map<number, number>();
  private nextOutput = FIRST_OUTPUT;
  private readonly real: Binding;

  constructor(
    private readonly backend: NativeBackend,
    private readonly recording: Recording,
  ) {
    this.real = backend.binding;
    for (const [tensor, ref] of recording.known) {
      const id = idOf(backend, tensor);
      if (this.refs.has(id)) throw new Unrecordable(`${ref} and ${this.refs.get(id)} share one array`);
      this.refs.set(id, ref);
    }
  }

  private refOf(id: number, op: string): Ref {
    const ref = this.refs.get(id);
    if (ref === undefined) throw new Unrecordable(`${op} reads a tensor that was made before the step`);
    return ref;
  }

  private specs(refs: readonly Ref[]): (TensorSpec | undefined)[] {
    return refs.map((ref) => this.recording.graph.spec(ref));
  }

  private operation(
    op: string,
    given: OperationAttributes,
    inputs: readonly Ref[],
    outputs: readonly TensorSpec[],
  ): string {
    if (HIDDEN_STATE.has(op)) throw new Unrecordable(`${op} draws random numbers that cannot be drawn again`);
    const attributes = Object.fromEntries(
      given.map((attribute) => [attribute.name, attributeOf(this.real, attribute)]),
    );
    if (TYPE_OF_INPUT.has(op)) attributes.T = typeOf(this.specs(inputs)[0]?.dtype ?? DTYPE.float32);
    return this.recording.graph.add(op, inputs, attributes, outputs);
  }

  private listening(): Binding {
    const {
      real,
      refs,
      freed,
      recording: { graph },
    } = this;
    return Object.assign(copyOf(real), {
      createTensor: (shape: number[], dtype: number, values: ConstantValues): number => {
        const id = real.createTensor(shape, dtype, values);
        // TensorFlow.js never frees 64-bit scalars.
        if (dtype === DTYPE.int64) freed.push(id);
        refs.set(id, graph.constant({ dtype, shape: [...shape], bytes: bytesOf(dtype, values) }));
        return id;
      },
      deleteTensor: (id: number): void => {
        const own = this.outputs.get(id);
        if (own === undefined) freed.push(id);
        else real.deleteTensor(own);
        this.outputs.delete(id);
      },
      executeOp: (op: string, attributes: OperationAttributes, ids: number[], outputs: number) => {
        const inputs = ids.map((id) => this.refOf(id, op));
        const realIds = ids.map((id) => this.outputs.get(id) ?? id);
        const made = real.executeOp(op, attributes, realIds, outputs);
        const name = this.operation(
          op,
          attributes,
          inputs,
          made.map(({ dtype, shape }) => ({ dtype, shape: [...shape] })),
        );
        return made.map((tensor, output) => {
          const id = this.nextOutput++;
          this.outputs.set(id, tensor.id);
          refs.set(id, refTo(name, output));
          return { ...tensor, id };
        });
      },
      tensorDataSync: (id: number): never => {
        const node = graph.find(refs.get(id) ?? '');
        throw new Unrecordable(
          `numbers of a tensor${node === undefined ? '' : ` (${node.op})`} are read while the step runs`,
        );
      },
    });
  }

  run(): Ref[] {
    const { backend, real } = this;
    const random = Math.random;
    const gathering = withoutBoundsCheck(backend);
    backend.binding = this.listening();
    Math.random = () => {
      throw new Unrecordable('random numbers are drawn in JavaScript, where no graph can draw them');
    };
    const found: Ref[] = [];
    try {
      tf.tidy(() => {
        for (const tensor of this.recording.compute())
          found.push(this.refOf(idOf(backend, tensor), 'the result'));
      });
      return found;
    } finally {
      Math.random = random;
      backend.binding = real;
      gathering.restore();
      for (const id of [...this.freed, ...this.outputs.values()]) real.deleteTensor(id);
    }
  }
}

/** The gather kernel of TensorFlow.js reads its indices to check them. In a graph, TensorFlow checks them itself. */
function withoutBoundsCheck(backend: NativeBackend): { restore(): void } {
  const kernel = tf.getKernel('GatherV2', 'tensorflow');
  const checked = kernel.kernelFunc;
  const unchecked: KernelFunc = (call) => {
    backend.readSync = () => [];
    try {
      return checked(call);
    } finally {
      Reflect.deleteProperty(backend, 'readSync');
    }
  };
  kernel.kernelFunc = unchecked;
  return { restore: () => (kernel.kernelFunc = checked) };
}

/** References to what `compute` answers. Problems: `step/unrecordable`, with what stood in the way. */
export function record(backend: NativeBackend, recording: Recording): Result<Ref[]> {
  try {
    return ok(new Recorder(backend, recording).run());
  } catch (error) {
    if (error instanceof Unrecordable)
      return fail('step/unrecordable', `The step cannot be recorded: ${error.message}.`);
    throw error;
  }
}
