/** Owns the data that measurements train on: random numbers of a workload's shapes. */
import type { PreparedSet } from '../../../electron/data/preparation/prepare';
import { RandomStream } from '../../../shared/random/random';
import type { Task } from './worker';
import { samplesOf, type Workload } from './workloads';

/** What the columns in use take as they are stored. */
export const dataBytes = (workload: Workload): number =>
  samplesOf(workload) *
  (workload.input.shape.reduce((product, axis) => product * axis, workload.input.kind === 'bytes' ? 1 : 4) +
    (workload.classes === null ? 0 : 4));

/** What a constant column holds, by the names that the workloads give them. */
const CONSTANTS: Readonly<Record<string, number>> = { real: 1, fake: 0 };

/** `validation`: every so many samples one is held out; none where it is left out. */
export function madeUp({ plan, input, classes, n }: Task, validation = Infinity): PreparedSet {
  const random = new RandomStream(1, 'bench', 'samples');
  const size = input.shape.reduce((product, axis) => product * axis, n);
  const x = {
    bytes: () => Uint8Array.from({ length: size }, () => random.below(256)),
    normal: () => Float32Array.from({ length: size }, () => random.normal()),
    words: () => Int32Array.from({ length: size }, () => random.below(input.words ?? 1)),
  }[input.kind]();
  const inputs = {
    values: x,
    shape: input.shape,
    scale: input.kind === 'bytes' ? 1 / 255 : 1,
    offset: 0,
  };
  const labels =
    classes === null
      ? inputs
      : {
          values: Int32Array.from({ length: n }, () => random.below(classes)),
          shape: [],
          scale: 1,
          offset: 0,
        };
  const constant = (value: number) => ({ values: new Uint8Array(n), shape: [], scale: 1, offset: value });
  return {
    n,
    parts: Uint8Array.from({ length: n }, (_, row) => ((row + 1) % validation === 0 ? 1 : 0)),
    arrays: [
      inputs,
      ...plan.losses.map(({ columns: [column] }) =>
        column in CONSTANTS ? constant(CONSTANTS[column]) : labels,
      ),
    ],
    state: { format: 'axonry-preparation', version: 1, sources: [], steps: [], arrays: [] },
  };
}
