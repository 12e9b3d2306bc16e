/** Owns the end of the WebAssembly engine's memory: the library itself would go on and write over what is there. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** Addresses have 32 bits. */
export const HEAP_BYTES = 2 ** 32 - 2 ** 16;

export class HeapFull extends Error {
  constructor() {
    super(`The WebAssembly engine is out of memory: it can hold ${(HEAP_BYTES / 1e9).toFixed(1)} GB.`);
  }
}

interface Heap {
  _malloc: (bytes: number) => number;
  _free: (place: number) => void;
}

/** From now on what can no longer be had throws HeapFull. */
export function guardHeap(backend: BackendWasm): void {
  const wasm = backend.wasm as unknown as Heap;
  // The first call puts another function in place.
  wasm._free(wasm._malloc(8));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    // A size of more than 32 bits would be cut off.
    const place = bytes > HEAP_BYTES ? 0 : allocate(bytes);
    if (place === 0 && bytes > 0) throw new HeapFull();
    return place;
  };
}
