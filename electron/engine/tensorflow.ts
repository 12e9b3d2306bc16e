/**
 * Owns the engine's handle on TensorFlow.js: core and layers in one namespace, the same instance that load-native gives
 * a backend to. Importing it loads no native code; before `loadNative` its operations run in plain JavaScript.
 */
import { createRequire } from 'node:module';
import type * as TensorFlow from '@tensorflow/tfjs';

/** A bundled CommonJS file has a file name, a source module has a URL; both lead to the same node_modules. */
const nodeRequire = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);

export const tf = nodeRequire('@tensorflow/tfjs') as typeof TensorFlow;
