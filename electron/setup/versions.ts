/** The versions that the native engine is made of, written once. The native folder carries them in its name. */
import { fail, type Problem } from '../../shared/result';

export const TFJS_VERSION = '4.22.0';

/** The library that is taken when the engine is built on this computer. */
export const TENSORFLOW_VERSION = '2.21.0';

/** Any Python whose package index knows wheels can fetch this one; nothing of it is run. */
export const WHEEL_PYTHON = '3.12';

/** The add-on speaks Node-API 8, so that one file serves every Node and Electron. */
export const NODE_API_VERSION = 8;

/** Which TensorFlow: for processors alone, or also for NVIDIA's graphics cards. */
export type TensorFlowBuild = 'cpu' | 'gpu';

/** Of TensorFlow 2.21, only x64 Linux and Windows have a package of its own without graphics card support. */
export const wheelPackage = (platform: NodeJS.Platform, arch: string, build: TensorFlowBuild): string =>
  build === 'cpu' && platform !== 'darwin' && arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';

/** The oldest library that tfjs-node is built for, and all that came after it. */
export function supportedVersion(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 2 && minor >= 7;
}

export const versionProblem = (folder: string, version: string): { ok: false; problem: Problem } =>
  fail(
    'setup/native-version',
    `The native engine in ${folder} is TensorFlow ${version}; 2.7 or a later 2.x is needed. Run "npm run axonry -- doctor" to get one.`,
  );
