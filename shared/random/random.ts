/**
 * Counter-based random numbers: Philox-4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
 * A stream is named by (seed, scope, purpose), so that inserting a block changes no other stream, and any position of a
 * stream can be computed without the ones before it.
 */

const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** High 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const cross = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middle = aLow * bHigh + (cross & 0xffff);
  return (aHigh * bHigh + Math.floor(cross / 65536) + Math.floor(middle / 65536)) >>> 0;
}

/** One Philox block: four 32-bit outputs for a 128-bit counter and a 64-bit key. Writes into `out`. */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
  out: Uint32Array,
) {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(M0, c0 >>> 0);
    const low0 = Math.imul(M0, c0);
    const high1 = multiplyHigh(M1, c2 >>> 0);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** 32-bit hash of a text (FNV-1a with a final mix). */
export function hashText(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

/** The key of a stream. The same three names give the same numbers on every machine. */
export function streamKey(seed: number, scope: string, purpose: string): [number, number] {
  const name = `${seed}\u0000${scope}\u0000${purpose}`;
  return [hashText(name), hashText(name, 0x2545f491)];
}

/** Sequential reader of one stream, from `position` (in 32-bit numbers, a multiple of 4). */
export class RandomStream {
  private readonly key: [number, number];
  private readonly block = new Uint32Array(4);
  private counter: number;
  private used = 4;
  private spare: number | null = null;

  constructor(seed: number, scope: string, purpose: string, position = 0) {
    this.key = streamKey(seed, scope, purpose);
    this.counter = position / 4;
  }

  /** An integer in [0, 2³²). */
  nextInteger(): number {
    if (this.used === 4) {
      philox([this.counter >>> 0, Math.floor(this.counter / 2 ** 32) >>> 0, 0, 0], this.key, this.block);
      this.counter += 1;
      this.used = 0;
    }
    return this.block[this.used++];
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.nextInteger() >>> 5) * 67108864 + (this.nextInteger() >>> 6)) / 9007199254740992;
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** An integer in [0, n), without modulo bias for n up to 2³². */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Standard normal (Box–Muller; the second of each pair is kept). */
  normal(): number {
    if (this.spare !== null) {
      const value = this.spare;
      this.spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** The numbers 0…n-1 in random order (Fisher–Yates). */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
