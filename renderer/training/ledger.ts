/** Reads what a run said: events in, curves, epochs and state out. Pure; knows no React. */
import type { RangeTestResult, RunDiagnostic, RunEvent } from '../../shared/protocol/run';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
export type Progress = EventOf<'progress'>;
export type Epoch = EventOf<'epoch'>;
export type Pictured = EventOf<'pictured'>;
/** What a person asked for between two steps, with its answer. */
export type Asked = EventOf<'evaluated'> | EventOf<'snapshot'> | EventOf<'rate'>;

/** What is kept is known, and its figures are being computed. */
export interface Judging {
  epoch: number;
  step: number;
  /** null before the first word of how far it is. */
  progress: EventOf<'judging'> | null;
}

export interface Ledger {
  started: EventOf<'started'> | null;
  /** What goes on before the first step. */
  preparing: EventOf<'preparing'> | null;
  progress: Progress[];
  epochs: Epoch[];
  diagnostics: RunDiagnostic[];
  /** What of them was known before the end: what the end has shown is no longer true of a run that goes on. */
  beforeEnd: RunDiagnostic[] | null;
  /** Pictures that the network makes, of some of the epochs. */
  pictured: Pictured[];
  /** Oldest first. */
  asked: Asked[];
  /** Between the last step and the report. */
  judging: Judging | null;
  report: EventOf<'report'> | null;
  /** A learning-rate range test as far as it has come; its suggestion is known when the run has ended. */
  rangeTest: RangeTestResult | null;
  /** How the last stretch broke off, until the run is continued. */
  broken: EventOf<'lost'> | EventOf<'failed'> | null;
}

/** A continued run forgets what came after the checkpoint that it went back to. */
function restart(ledger: Ledger, started: EventOf<'started'>): Ledger {
  return {
    ...ledger,
    started,
    preparing: null,
    progress: ledger.progress.filter((event) =>
      started.step === undefined ? event.epoch < started.epoch : event.step <= started.step,
    ),
    epochs: ledger.epochs.filter((event) => event.epoch < started.epoch),
    pictured: ledger.pictured.filter((event) => event.epoch < started.epoch),
    diagnostics: ledger.beforeEnd ?? ledger.diagnostics,
    beforeEnd: null,
    judging: null,
    report: null,
    broken: null,
  };
}

const without = (
  told: readonly RunDiagnostic[],
  left: Pick<RunDiagnostic, 'code' | 'block'>,
): RunDiagnostic[] => told.filter(({ code, block }) => code !== left.code || block !== left.block);

function addTried(ledger: Ledger, { optimizer, points }: NonNullable<Progress['rangeTest']>): void {
  ledger.rangeTest ??= { optimizer, points: [], suggestion: null };
  ledger.rangeTest.points.push(...points);
}

export function readLedger(events: readonly RunEvent[]): Ledger {
  let ledger: Ledger = {
    started: null,
    preparing: null,
    progress: [],
    epochs: [],
    diagnostics: [],
    beforeEnd: null,
    pictured: [],
    asked: [],
    judging: null,
    report: null,
    rangeTest: null,
    broken: null,
  };
  for (const event of events) {
    switch (event.type) {
      case 'started':
        ledger = restart(ledger, event);
        break;
      case 'preparing':
        ledger.preparing = event;
        break;
      case 'progress':
        ledger.progress.push(event);
        if (event.rangeTest) addTried(ledger, event.rangeTest);
        break;
      case 'epoch':
        ledger.epochs.push(event);
        break;
      case 'diagnostic':
        // What is told again has other figures, and stands in the place of what was told before.
        ledger.diagnostics = [...without(ledger.diagnostics, event.diagnostic), event.diagnostic];
        break;
      case 'withdrawn':
        ledger.diagnostics = without(ledger.diagnostics, event);
        break;
      case 'pictured':
        ledger.pictured.push(event);
        break;
      case 'evaluated':
      case 'snapshot':
      case 'rate':
        ledger.asked.push(event);
        break;
      case 'kept':
        ledger.judging = { epoch: event.epoch, step: event.step, progress: null };
        ledger.beforeEnd = ledger.diagnostics;
        break;
      case 'judging':
        if (ledger.judging) ledger.judging = { ...ledger.judging, progress: event };
        break;
      case 'report':
        ledger.judging = null;
        ledger.report = event;
        ledger.rangeTest = event.rangeTest ?? null;
        break;
      case 'lost':
      case 'failed':
        ledger.judging = null;
        ledger.broken = event;
        break;
      case 'examined':
      case 'paused':
      case 'resumed':
        break;
    }
  }
  return ledger;
}

/** Whether epochs are so long that they are told of while they go on; of short ones only their ends are. */
export const hasLongEpochs = ({ progress, epochs }: Ledger): boolean => progress.length >= epochs.length;

/** Where the run is, counted in epochs: 2.5 is half-way through the third. */
export const epochsDone = (ledger: Ledger, event: Progress): number =>
  event.epoch - 1 + event.stepInEpoch / Math.max(1, ledger.started?.stepsPerEpoch ?? 1);

/** The same of the run as a whole: how far it has come, or where it ended. */
export function epochsTrained(ledger: Ledger): number {
  const { started, report } = ledger;
  const [last, latest] = [ledger.epochs.at(-1), ledger.progress.at(-1)];
  const complete = Math.max(last?.epoch ?? 0, report?.epochs ?? 0);
  if (report === null) return Math.max(complete, latest ? epochsDone(ledger, latest) : 0);
  const within = (report.steps - (last?.step ?? 0)) / Math.max(1, started?.stepsPerEpoch ?? 1);
  return last?.epoch === complete || complete === 0 ? complete + Math.min(1, Math.max(0, within)) : complete;
}

/** What was measured beside the loss, as `accuracy`; some figures are known of validation only. */
export function metricsOf(ledger: Ledger): string[] {
  const [epoch] = ledger.epochs;
  const measured = epoch ? { ...epoch.train, ...epoch.validation } : (ledger.progress[0]?.metrics ?? {});
  return Object.keys(measured).filter((name) => name !== 'loss' && name !== 'n');
}

/** Train blocks that take turns, in their order; none where there is one alone. */
export function trainersOf(ledger: Ledger): string[] {
  const told = ledger.epochs.at(-1) ?? ledger.progress.at(-1);
  return Object.keys(told?.trainers ?? {});
}

/** What was told of one of them, in the place of the figures of the first. */
export function ledgerOf(ledger: Ledger, trainer: string): Ledger {
  const progress = ledger.progress.flatMap((event): Progress[] => {
    const own = event.trainers?.[trainer];
    return own ? [{ ...event, ...own, lossMin: own.loss, lossMax: own.loss }] : [];
  });
  const epochs = ledger.epochs.flatMap((event): Epoch[] => {
    const own = event.trainers?.[trainer];
    return own ? [{ ...event, ...own, validation: own.validation }] : [];
  });
  return { ...ledger, progress, epochs };
}

export const bestEpoch = (ledger: Ledger): Epoch | null =>
  ledger.epochs.filter((epoch) => epoch.best).at(-1) ?? null;

/** The weights that a run keeps: known when it has ended, till then the best so far. */
export interface Kept {
  /** The epoch that they are of. */
  epoch: number;
  /** The epoch is not complete. */
  within: boolean;
  /** Where they are from, counted in epochs. */
  at: number;
  ended: boolean;
}

export function keptWeights(ledger: Ledger): Kept | null {
  const { report } = ledger;
  const epoch = report?.keptEpoch ?? bestEpoch(ledger)?.epoch;
  if (epoch === undefined) return null;
  // The weights of an epoch that is not complete are of the one after those that are.
  const within = report !== null && epoch > report.epochs;
  return { epoch, within, at: within ? epochsTrained(ledger) : epoch, ended: report !== null };
}

/** Seconds of training so far, without pauses. The times of events say nothing of it: clocks are set, computers sleep. */
export function secondsSoFar(ledger: Ledger): number {
  if (ledger.report) return ledger.report.seconds;
  const whole = ledger.epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  return Math.max(whole, ledger.progress.at(-1)?.seconds ?? 0);
}

/**
 * Twice the epochs of a run that did all of its own; null where it cannot go on that way. With several Train blocks each
 * has a number of its own.
 */
export function moreEpochs({ report }: Ledger): number | null {
  if (report?.stopped !== 'finished' || report.trainers || report.rangeTest) return null;
  return 2 * report.epochs;
}

export interface WayOn {
  label: string;
  /** How many in all, where the run did all that it was made for. */
  epochs?: number;
}

/** How the run itself can go on as a remark advises; null where that changes nothing. */
export function wayOn(ledger: Ledger, code: string): WayOn | null {
  const { report } = ledger;
  if (code === 'run/few-samples-seen')
    return report?.stopped === 'asked' && report.epochs === 0 ? { label: 'Continue' } : null;
  const epochs = code === 'run/underfit' ? moreEpochs(ledger) : null;
  return epochs === null ? null : { label: `Train on to epoch ${epochs}`, epochs };
}
