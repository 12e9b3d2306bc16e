/** Gives engine tests the real TensorFlow. Where the native folder is not on this machine they are skipped by name. */
import { existsSync } from 'node:fs';
import { loadNative } from '../../electron/setup/load-native';
import { bindingFile, nativeFolder } from '../../electron/setup/locations';

/** Whether the native engine lies in its folder. */
export const hasNative = existsSync(bindingFile(nativeFolder()));

export async function useNative(): Promise<void> {
  const loaded = await loadNative(nativeFolder());
  if (!loaded.ok) throw new Error(loaded.problem.message);
}
