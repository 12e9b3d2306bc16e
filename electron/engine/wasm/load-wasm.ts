/** Brings the WebAssembly engine to life: the last way to train, which needs nothing but what comes with the application. */
import { createRequire } from 'node:module';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { fail, ok, type Result } from '../../../shared/result';
import { tf } from '../tensorflow';
import { conv2dFilterGradient, conv2dInputGradient } from './conv2d-gradients';
import { conv3dFilterGradient, conv3dInputGradient } from './conv3d-gradients';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-gradients';
import { einsum } from './einsum';
import { guardHeap } from './heap';
import { averagePool3dGradient, averagePoolGradient, maxPoolGradient } from './pooling-gradients';
import { unsortedSegmentSum } from './unsorted-segment-sum';

const nodeRequire = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);

/** What the library lacks for training, or computes wrongly. */
const kernels = [
  averagePool3dGradient,
  averagePoolGradient,
  conv2dFilterGradient,
  conv2dInputGradient,
  conv3dFilterGradient,
  conv3dInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
  einsum,
  maxPoolGradient,
  unsortedSegmentSum,
];

function register(): void {
  for (const kernel of kernels) {
    if (tf.getKernel(kernel.kernelName, 'wasm')) tf.unregisterKernel(kernel.kernelName, 'wasm');
    tf.registerKernel(kernel);
  }
}

/** It sets itself between this process and its own errors; those are answered elsewhere. */
async function withoutItsListeners<T>(load: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set(process.rawListeners(event)));
  try {
    return await load();
  } finally {
    events.forEach((event, i) => {
      for (const listener of process.rawListeners(event))
        if (!before[i].has(listener)) process.off(event, listener as () => void);
    });
  }
}

let loaded: Promise<Result<void>> | null = null;

async function load(): Promise<Result<void>> {
  try {
    nodeRequire('@tensorflow/tfjs-backend-wasm');
    register();
    if (await withoutItsListeners(() => tf.setBackend('wasm'))) {
      guardHeap(tf.backend() as BackendWasm);
      return ok(undefined);
    }
  } catch (error) {
    process.stderr.write(`${String(error)}\n`);
  }
  return fail(
    'engine/no-wasm',
    'The WebAssembly engine could not be loaded. Install Axonry again, or prepare the native engine.',
  );
}

/** Loading twice gives the same engine. */
export function loadWasm(): Promise<Result<void>> {
  loaded ??= load();
  return loaded;
}
