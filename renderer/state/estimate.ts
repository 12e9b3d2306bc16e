/**
 * Owns how long the network on the canvas will take to train on this computer: as a run of the same network took, else as
 * its costs and the measured speed of the computer foretell. Has the computer measured when there is first something to tell.
 */
import { useMemo } from 'react';
import type { Plan } from '../../shared/compiler/plan';
import { runSeconds, stepKey, type PartRows } from '../../shared/compiler/run-time';
import { stagesOf } from '../../shared/compiler/stages';
import { stepTime } from '../../shared/compiler/step-time';
import type { Calibration } from '../../shared/protocol/calibration';
import type { RunRecord } from '../../shared/protocol/run';
import { useCompilation } from './compilation';
import { askForCalibration, useMachine } from './machine-store';
import { useProject } from './project-store';
import { useRuns } from './runs-store';

export interface Estimate {
  seconds: number;
  /** The number of the run that it is known from; null where it is foretold. */
  run: number | null;
  /** Early stopping may end the run before. */
  atMost: boolean;
}

/** The first steps are slower than all others, and a few say little. */
const ENOUGH_STEPS = 20;

/** Its figures tell how fast such a network trains here: a run that failed did not do what it was made for. */
const tellsSpeed = ({ state, report }: RunRecord): boolean =>
  (state === 'finished' || state === 'stopped') &&
  report !== null &&
  report.steps >= ENOUGH_STEPS &&
  report.samplesPerSecond > 0;

/** Seconds of a step of a run that was trained here since the computer was measured; null where there is none. */
function stepOfRun(
  plan: Plan,
  records: readonly RunRecord[],
  { time }: Calibration,
): { number: number; seconds: number } | null {
  if (stagesOf(plan).length > 1) return null;
  const telling = records.filter((record) => tellsSpeed(record) && record.created >= time);
  if (telling.length === 0) return null;
  const key = stepKey(plan);
  const last = telling.find((record) => record.stepKey === key);
  if (!last?.report) return null;
  return { number: last.number, seconds: plan.trainers[0].batch_size / last.report.samplesPerSecond };
}

/** `records`: newest first. */
export function estimateOf(
  plan: Plan,
  rows: PartRows,
  calibration: Calibration,
  records: readonly RunRecord[],
): Estimate {
  const known = stepOfRun(plan, records, calibration);
  const steps = known
    ? [known.seconds]
    : stagesOf(plan).map((_, stage) => stepTime(plan, calibration.rates, stage).step);
  return {
    seconds: runSeconds(plan, rows, steps),
    run: known?.number ?? null,
    atMost: plan.trainers.some(({ early_stopping }) => early_stopping !== null),
  };
}

/** null while the network cannot be trained, or nobody knows how fast this computer is. */
export function useEstimate(): Estimate | null {
  const plan = useCompilation((state) => state.plan);
  const rows = useCompilation((state) => state.rows);
  const calibration = useMachine((state) => state.calibration);
  const records = useRuns((state) => state.records);
  return useMemo(
    () => (plan && rows && calibration ? estimateOf(plan, rows, calibration, records) : null),
    [plan, rows, calibration, records],
  );
}

/** Of a run that has not begun, while the canvas still shows the network that it trains. */
export function useEstimateOf({ stepKey: key }: RunRecord): Estimate | null {
  const estimate = useEstimate();
  const plan = useCompilation((state) => state.plan);
  return useMemo(() => (plan && stepKey(plan) === key ? estimate : null), [plan, key, estimate]);
}

/** Nobody edits and nothing trains for so long before the computer is measured. */
const QUIET_MILLISECONDS = 2000;

/** Measuring takes a second of all processors: it waits for a moment in which nobody minds. */
export function followForCalibration(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  const consider = (): void => {
    clearTimeout(timer);
    const { engine } = useMachine.getState();
    const trains = useRuns.getState().order.training.length > 0;
    if (engine.state !== 'ready' || engine.version === asked || trains || !useCompilation.getState().plan)
      return;
    timer = setTimeout(() => {
      asked = engine.version;
      void askForCalibration();
    }, QUIET_MILLISECONDS);
  };
  const ends = [
    useMachine.subscribe((now, before) => {
      const isForgotten = now.calibration === null && before.calibration !== null;
      if (isForgotten) asked = '';
      if (isForgotten || now.engine !== before.engine) consider();
    }),
    useProject.subscribe((now, before) => {
      if (now.whole !== before.whole) consider();
    }),
    useRuns.subscribe((now, before) => {
      if (now.order !== before.order) consider();
    }),
  ];
  return () => {
    clearTimeout(timer);
    ends.forEach((end) => end());
  };
}
