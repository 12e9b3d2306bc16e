/** Owns how an engine process comes by TensorFlow: once, when it is first needed, or with a sentence why it cannot. */
import type { EngineSettings } from '../../shared/protocol/engine';
import type { Report } from '../../shared/protocol/run';
import { fail, ok, type Result } from '../../shared/result';
import { loadNative } from '../setup/load-native';
import { tf } from './tensorflow';

/** Backend and version as reports name them. */
export type Backend = Pick<Report['engine'], 'backend' | 'version'>;

/** Loading twice gives the same engine. */
export async function loadBackend({ backend, nativeFolder }: EngineSettings): Promise<Result<Backend>> {
  if (backend === 'javascript') {
    await tf.setBackend('cpu');
    return ok({ backend, version: tf.version_core });
  }
  if (backend === 'wasm') {
    return fail(
      'engine/no-wasm',
      'WebAssembly is not there yet. Train with --engine javascript, or run "npm run axonry -- doctor" to get the native engine.',
    );
  }
  const native = await loadNative(nativeFolder);
  if (!native.ok) return native;
  await tf.ready();
  return ok({ backend, version: native.value.version });
}
