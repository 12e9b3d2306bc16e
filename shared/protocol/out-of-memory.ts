/** Owns the words by which V8, the C++ runtime, TensorFlow and oneDNN (its status 1) say that no memory is to be had. */
const OUT_OF_MEMORY =
  /out of memory|bad_alloc|OOM when allocating|Cannot allocate memory|failed to allocate|exception: ?Status: 1,/i;

export const saysOutOfMemory = (words: string): boolean => OUT_OF_MEMORY.test(words);
