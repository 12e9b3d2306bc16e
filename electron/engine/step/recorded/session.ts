/** Owns a TensorFlow session: a graph is loaded, called with tensors by their numbers, and let go. */
import { fail, ok, type Result } from '../../../../shared/result';
import type { Graph, Ref } from './graph';
import { parseRef } from './graph';
import type { Binding } from './native';
import { TAG, withSavedModel } from './saved-model';

/** Made by the binding; whoever gets it deletes it or hands it to TensorFlow.js. */
export type Made = ReturnType<Binding['runSavedModel']>[number];

export type Values = Parameters<Binding['createTensor']>[2];

const endpoint = (ref: Ref): string => {
  const { name, output } = parseRef(ref);
  return `${name}:${output}`;
};
const endpoints = (refs: readonly Ref[]): string => refs.map(endpoint).join(',');

/**
 * What is fed and what is fetched. TensorFlow compiles each pair of lists once, at its first run, and keeps it: make few
 * and use them again.
 */
export interface Call {
  /** Numbers of tensors in the order of the feeds; answers tensors in the order of the fetches. */
  run(ids: number[]): Made[];
}

export class Session {
  private constructor(
    readonly binding: Binding,
    private readonly id: number,
  ) {}

  /** Problems: `step/session`, with TensorFlow's words or the disk's. */
  static open(binding: Binding, graph: Graph): Result<Session> {
    try {
      return ok(
        new Session(
          binding,
          withSavedModel(graph, (folder) => binding.loadSavedModel(folder, TAG)),
        ),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      return fail('step/session', `The recorded step cannot be loaded: ${reason}`);
    }
  }

  call(feeds: readonly Ref[], fetches: readonly Ref[]): Call {
    const [inputs, outputs] = [endpoints(feeds), endpoints(fetches)];
    return { run: (ids) => this.binding.runSavedModel(this.id, ids, inputs, outputs) };
  }

  /** The values may be read until the tensor is deleted: they must not change before. */
  tensor(shape: readonly number[], dtype: number, values: Values): number {
    return this.binding.createTensor([...shape], dtype, values);
  }

  read(id: number): ReturnType<Binding['tensorDataSync']> {
    return this.binding.tensorDataSync(id);
  }

  delete(ids: readonly number[]): void {
    for (const id of ids) this.binding.deleteTensor(id);
  }

  dispose(): void {
    this.binding.deleteSavedModel(this.id);
  }
}
