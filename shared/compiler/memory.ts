/**
 * Owns the memory between two compilations of nearly the same document. Documents are never changed in place, so what was
 * computed for the same objects holds still; the answer is then the very same object, and what shows it need not be drawn
 * again. An answer that is remembered never differs from one that is computed anew.
 */

interface Remembered<T> {
  key: readonly unknown[];
  answer: T;
}

const sameKey = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((entry, i) => entry === b[i]);

/** The last answer for each object and id. It goes when the object goes. */
export class Memory<T> {
  private readonly answers = new WeakMap<object, Map<string, Remembered<T>>>();

  /** `key` is everything that the answer depends on; its entries are compared by identity. */
  of(object: object, id: string, key: readonly unknown[], compute: () => T): T {
    const known = this.answers.get(object);
    const before = known?.get(id);
    if (before && sameKey(before.key, key)) return before.answer;
    const answer = compute();
    if (known) known.set(id, { key, answer });
    else this.answers.set(object, new Map([[id, { key, answer }]]));
    return answer;
  }
}
