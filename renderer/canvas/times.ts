/** Owns the times that the cost view shows: of blocks as they are drawn, so that a composite block has the sum of what lies in it. */
import { drawnPath } from '../../shared/compiler/outward';
import type { Plan } from '../../shared/compiler/plan';
import { stepTime } from '../../shared/compiler/step-time';
import type { Calibration } from '../../shared/protocol/calibration';
import type { Examination, RunEvent } from '../../shared/protocol/run';

/** Of one batch, forward and backward. */
export interface Times {
  batchSize: number;
  /** Whose turn it was, where Train blocks take turns. */
  trainer: string | undefined;
  /** Milliseconds of all blocks together, and by drawn path. */
  whole: number;
  byPath: ReadonlyMap<string, number>;
}

function summed(
  blocks: readonly (readonly [block: string, milliseconds: number])[],
): Pick<Times, 'whole' | 'byPath'> {
  const byPath = new Map<string, number>();
  let whole = 0;
  for (const [block, milliseconds] of blocks) {
    whole += milliseconds;
    const parts = drawnPath(block).split('/');
    parts.forEach((_, i) => {
      const path = parts.slice(0, i + 1).join('/');
      byPath.set(path, (byPath.get(path) ?? 0) + milliseconds);
    });
  }
  return { whole, byPath };
}

const timesOf = ({ trainer, blocks, batchSize }: Examination): Times => ({
  trainer,
  batchSize,
  ...summed(blocks.map(({ block, forward, backward }) => [block, forward + backward])),
});

const measured = new WeakMap<readonly RunEvent[], Times | null>();

/** The last look in these events; null where none was taken. */
export function measuredIn(events: readonly RunEvent[]): Times | null {
  const before = measured.get(events);
  if (before !== undefined) return before;
  const last = events.filter((event) => event.type === 'examined').at(-1);
  const times = last === undefined ? null : timesOf(last);
  measured.set(events, times);
  return times;
}

const estimated = new WeakMap<Plan, { calibration: Calibration; times: Times }>();

/** What the first Train block's step is expected to take on a computer that was measured. */
export function estimatedOf(plan: Plan, calibration: Calibration): Times {
  const before = estimated.get(plan);
  if (before?.calibration === calibration) return before.times;
  const { blocks } = stepTime(plan, calibration.rates);
  const times = {
    trainer: undefined,
    batchSize: plan.trainers[0].batch_size,
    ...summed([...blocks].map(([block, seconds]) => [block, 1000 * seconds])),
  };
  estimated.set(plan, { calibration, times });
  return times;
}
