/**
 * Owns a copy of what TensorFlow is given: the graph that is loaded and all that is fed to it, in the order of the calls.
 * TensorFlow's own tools can then run the same step and tell the time of each operation, which the binding cannot.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyOf, nativeBackend } from '../../../electron/engine/step/recorded/native';

/** Answers what was called so far: `calls.json` beside `graph/` and one file for each value. Later graphs take the place of earlier ones. */
export function keepCalls(folder: string): void {
  const backend = nativeBackend();
  if (backend === null) throw new Error('only the native backend loads graphs');
  const { binding: real } = backend;
  let calls: { feeds: string; fetches: string; values: string[] }[] = [];
  let kept = 0;
  /** The binding reads all types but this one. */
  const bytes = new Map<number, Uint8Array>();
  const keep = (id: number): string => {
    const values = bytes.get(id) ?? (real.tensorDataSync(id) as Uint8Array);
    const name = `value_${kept++}`;
    writeFileSync(path.join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return name;
  };
  backend.binding = Object.assign(copyOf(real), {
    createTensor: (shape: number[], dtype: number, values: Parameters<typeof real.createTensor>[2]): number => {
      const id = real.createTensor(shape, dtype, values);
      if (values instanceof Uint8Array) bytes.set(id, values);
      return id;
    },
    loadSavedModel: (source: string, tag: string): number => {
      mkdirSync(folder, { recursive: true });
      cpSync(source, path.join(folder, 'graph'), { recursive: true });
      calls = [];
      return real.loadSavedModel(source, tag);
    },
    runSavedModel: (model: number, ids: number[], feeds: string, fetches: string) => {
      if (ids.length > 0) {
        calls.push({ feeds, fetches, values: ids.map(keep) });
        writeFileSync(path.join(folder, 'calls.json'), JSON.stringify(calls));
      }
      return real.runSavedModel(model, ids, feeds, fetches);
    },
  });
} // prettier-ignore
