/** Where Axonry keeps what can be fetched again (cache), what belongs to the person (data), and the native engine. */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NODE_API_VERSION, TENSORFLOW_VERSION, TFJS_VERSION, type TensorFlowBuild } from './versions';

/** An empty or relative XDG variable is to be ignored (XDG Base Directory Specification). */
function absoluteFromEnvironment(name: string): string | null {
  const value = process.env[name];
  return value !== undefined && path.isAbsolute(value) ? value : null;
}

/** Our own variables may be relative: the person wrote them for this start. */
function chosen(name: string): string | null {
  const value = process.env[name];
  return value === undefined || value === '' ? null : path.resolve(value);
}

/** Can be deleted at any time; only costs time. */
export function cacheFolder(): string {
  const own = chosen('AXONRY_CACHE');
  if (own !== null) return own;
  switch (process.platform) {
    case 'darwin':
      return path.join(os.homedir(), 'Library', 'Caches', 'Axonry');
    case 'win32':
      return path.join(
        absoluteFromEnvironment('LOCALAPPDATA') ?? path.join(os.homedir(), 'AppData', 'Local'),
        'Axonry',
        'Cache',
      );
    default:
      return path.join(
        absoluteFromEnvironment('XDG_CACHE_HOME') ?? path.join(os.homedir(), '.cache'),
        'axonry',
      );
  }
}

/** What the person made and would miss: runs of unsaved documents, recents, autosaves. */
export function dataFolder(): string {
  const own = chosen('AXONRY_DATA');
  if (own !== null) return own;
  switch (process.platform) {
    case 'darwin':
      return path.join(os.homedir(), 'Library', 'Application Support', 'Axonry');
    case 'win32':
      return path.join(
        absoluteFromEnvironment('APPDATA') ?? path.join(os.homedir(), 'AppData', 'Roaming'),
        'Axonry',
      );
    default:
      return path.join(
        absoluteFromEnvironment('XDG_DATA_HOME') ?? path.join(os.homedir(), '.local', 'share'),
        'axonry',
      );
  }
}

function preparedFolder(build: TensorFlowBuild): string {
  const name = `${process.platform}-${process.arch}-tfjs${TFJS_VERSION}-tf${TENSORFLOW_VERSION}`;
  return path.join(cacheFolder(), 'native', build === 'gpu' ? `${name}-gpu` : name);
}

/** Whoever has prepared the build for graphics cards wants it; deleting its folder takes that back. */
export const wantedBuild = (): TensorFlowBuild => (existsSync(preparedFolder('gpu')) ? 'gpu' : 'cpu');

/** The add-on and TensorFlow's library, where they are prepared. AXONRY_NATIVE names another folder. */
export const nativeFolder = (build: TensorFlowBuild = wantedBuild()): string =>
  chosen('AXONRY_NATIVE') ?? preparedFolder(build);

/** The same, as an installer brings it beside the application; null where nothing was installed or another is wanted. */
export function installedNativeFolder(build: TensorFlowBuild = wantedBuild()): string | null {
  const { resourcesPath } = process as NodeJS.Process & { resourcesPath?: string };
  if (resourcesPath === undefined || chosen('AXONRY_NATIVE') !== null || build === 'gpu') return null;
  return path.join(resourcesPath, 'native');
}

/** The add-on inside a native folder; it finds the library at ../../deps/lib from here. */
export const bindingFile = (folder: string): string =>
  path.join(folder, 'lib', `napi-v${NODE_API_VERSION}`, 'tfjs_binding.node');
