/** The WebAssembly engine trains the whole catalogue, and learns what TensorFlow learns. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { HeapFull } from '../../../electron/engine/wasm/heap';
import { loadWasm } from '../../../electron/engine/wasm/load-wasm';
import { tf } from '../../../electron/engine/tensorflow';
import { full, lacks } from '../../environment';
import { everyCase } from '../../peers/cases/every-case';
import { ownLossCases } from '../../peers/cases/losses';
import type { Case } from '../../peers/parity';
import { trainCase } from '../../peers/train-case';
import { hasNative, useNative } from '../native';

/** These need what the library lacks or computes wrongly; of the others some are always compared, and all in full. */
const OWN_GRADIENTS = /Conv|Pool|Embedding|Einsum|Spectral|Normalization by|stateful/;
const cases = [
  ...everyCase.filter(({ name }, i) => full || OWN_GRADIENTS.test(name) || i % 8 === 0),
  ...ownLossCases,
];

async function use(backend: 'wasm' | 'tensorflow'): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`${backend} was refused`);
}

async function learned(backend: 'wasm' | 'tensorflow', example: Case): Promise<number[]> {
  await use(backend);
  const { losses, weights, predictions } = trainCase(example).answer;
  return [...losses, ...Object.values(weights).flat(), ...predictions];
}

beforeAll(async () => {
  const before = ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));
  const loaded = await loadWasm();
  if (!loaded.ok) throw new Error(loaded.problem.message);
  const after = ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));
  expect(after, 'listeners that the library leaves behind').toEqual(before);
});

describe.skipIf(lacks('the native engine', hasNative))('WebAssembly and TensorFlow', () => {
  beforeAll(useNative);

  it.each(cases)('learn the same: $name', async (example) => {
    const [native, wasm] = [await learned('tensorflow', example), await learned('wasm', example)];
    const scale = Math.max(1e-3, ...native.map(Math.abs));
    expect(native.length).toBe(wasm.length);
    expect(Math.max(...native.map((value, i) => Math.abs(value - wasm[i]))) / scale).toBeLessThan(1e-4);
  });
});

describe('the memory of the WebAssembly engine', () => {
  afterAll(() => use('wasm'));

  it.each([
    ['piece by piece', 64],
    ['4 GB at once', 1024],
    ['more than an address can say', 5000],
  ])('ends with an error, not with numbers written over others: %s', async (_, size) => {
    await use('wasm');
    const backend = tf.backend() as BackendWasm;
    const values = tf.ones([3]);
    expect(() => {
      // Nothing is ever written, so that the machine need not have it.
      for (let i = 0; i < 20; i++) backend.makeOutput([size, 1024, 1024], 'float32');
    }).toThrow(HeapFull);
    expect([...values.dataSync()]).toEqual([1, 1, 1]);
  });
});
