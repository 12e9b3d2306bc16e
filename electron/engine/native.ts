/** Owns how an engine process comes by TensorFlow: once, when it is first needed, or with a sentence why it cannot. */
import type { EngineSettings } from '../../shared/protocol/engine';
import type { Report } from '../../shared/protocol/run';
import { ok, type Result } from '../../shared/result';
import { deviceName, processorName } from '../setup/computer';
import { loadNative } from '../setup/load-native';
import { tf } from './tensorflow';
import { loadWasm } from './wasm/load-wasm';

/** Backend, version and device as reports name them. */
export type Backend = Omit<Report['engine'], 'step'> & { device: string };

/** Loading twice gives the same engine. */
export async function loadBackend({
  backend,
  nativeFolder,
  threads,
}: EngineSettings): Promise<Result<Backend>> {
  if (backend === 'wasm') {
    const loaded = await loadWasm();
    return loaded.ok ? ok({ backend, version: tf.version_core, device: processorName() }) : loaded;
  }
  const native = await loadNative(nativeFolder, threads);
  if (!native.ok) return native;
  await tf.ready();
  const { binding, version } = native.value;
  return ok({ backend, version, device: deviceName(binding.isUsingGpuDevice()) });
}
