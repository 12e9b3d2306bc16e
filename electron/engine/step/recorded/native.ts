/** Owns the way to the native binding under TensorFlow.js, past what its type declarations show. */
import type { Tensor } from '@tensorflow/tfjs';
import type { TensorMetadata, TFJSBinding } from '@tensorflow/tfjs-node/dist/tfjs_binding';
import { tf } from '../../tensorflow';

export type Binding = TFJSBinding;

/** What is used of the backend; the declarations call some of it private. */
export interface NativeBackend {
  /** Replaceable: every kernel calls TensorFlow through it. */
  binding: Binding;
  /** The numbers under which the binding knows the tensors. Values that still lie in JavaScript are handed over first. */
  getInputTensorIds(tensors: Tensor[]): number[];
  /** Takes over what the binding made. */
  createOutputTensor(made: TensorMetadata): Tensor;
  readSync(dataId: object): unknown;
}

/** The native backend where it is the one in use. */
export const nativeBackend = (): NativeBackend | null =>
  tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as NativeBackend) : null;

export const idOf = (backend: NativeBackend, tensor: Tensor): number =>
  backend.getInputTensorIds([tensor])[0];

/** The binding's properties are read-only, so that it is copied to be changed. */
export function copyOf(binding: Binding): Binding {
  const copy: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(binding)) {
    const value: unknown = Reflect.get(binding, name);
    copy[name] = typeof value === 'function' ? (value.bind(binding) as unknown) : value;
  }
  return copy as unknown as Binding;
}
