/** Owns how read symbols are compared with the right ones. Symbol 0 is none: it separates and pads. */

/** The best symbol of each step, without repetitions and without 0: Graves et al. (2006), best path decoding. `outputs`: [steps, symbols]. */
export function bestPath(outputs: Float32Array, symbols: number): number[] {
  const path: number[] = [];
  let last = 0;
  for (let from = 0; from < outputs.length; from += symbols) {
    const step = outputs.subarray(from, from + symbols);
    const best = step.indexOf(Math.max(...step));
    if (best !== last && best !== 0) path.push(best);
    last = best;
  }
  return path;
}

/** The fewest symbols to put in, take out or change that make one of the other (Levenshtein 1966). */
export function editDistance(one: readonly number[], other: readonly number[]): number {
  let above = Array.from({ length: other.length + 1 }, (_, i) => i);
  one.forEach((symbol, i) => {
    const row = [i + 1];
    other.forEach((wanted, j) =>
      row.push(Math.min(above[j + 1] + 1, row[j] + 1, above[j] + (symbol === wanted ? 0 : 1))),
    );
    above = row;
  });
  return above[other.length];
}

/**
 * Edits for each right symbol, over all samples; null without right symbols. `outputs` [samples, steps, symbols], `labels`
 * [samples, length] padded with zeros.
 */
export function labelErrorRate(
  outputs: Float32Array,
  labels: Float32Array,
  { samples, symbols }: { samples: number; symbols: number },
): number | null {
  let [edits, length] = [0, 0];
  const rowOf = (values: Float32Array, i: number) =>
    values.subarray((i * values.length) / samples, ((i + 1) * values.length) / samples);
  for (let i = 0; i < samples; i++) {
    const wanted = [...rowOf(labels, i)].filter((symbol) => symbol !== 0);
    edits += editDistance(bestPath(rowOf(outputs, i), symbols), wanted);
    length += wanted.length;
  }
  return length === 0 ? null : edits / length;
}
