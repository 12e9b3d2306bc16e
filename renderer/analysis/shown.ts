/** Works out what Examine shows of a run: which task, which epoch, which figures. Ledger in, values out; no React. */
import { accuracy, samplesCounted } from '../../shared/metrics/confusion';
import { wilsonInterval, type Interval } from '../../shared/metrics/interval';
import { PARTS, type Part } from '../../shared/document/facts';
import type { Confusion, MetricValues, RunState } from '../../shared/protocol/run';
import type { Epoch, Ledger, Pictured } from '../training/ledger';
import { goesOn } from '../ui/run-state';

const hasMatrix = (ledger: Ledger): boolean =>
  ledger.report?.confusion !== undefined || ledger.epochs.some((epoch) => epoch.confusion);

/** What there is to be seen of a run beside each other. */
export const hasBoth = (ledger: Ledger): boolean => ledger.pictured.length > 0 && hasMatrix(ledger);

export type Task = 'pictures' | 'classes' | 'numbers';

/** Pictures are seen, classes are examined in a matrix, numbers as predicted against actual; null while no epoch is finished. */
export function taskOf(ledger: Ledger, view: 'pictures' | 'matrix' = 'pictures'): Task | null {
  if (ledger.pictured.length > 0 && !(view === 'matrix' && hasMatrix(ledger))) return 'pictures';
  if (hasMatrix(ledger)) return 'classes';
  return ledger.epochs.length > 0 ? 'numbers' : null;
}

/** How many samples each part has; 0 where it has none. */
export function partSizes({ started, report }: Ledger): Record<Part, number> {
  const size = (part: Part) => started?.samples[part] ?? report?.metrics[part]?.n ?? 0;
  return { train: size('train'), validation: size('validation'), test: size('test') };
}

/** Validation where there is one: the training part is too easy and the test part is not for choosing. */
export function firstPart(ledger: Ledger): Part {
  const sizes = partSizes(ledger);
  return (['validation', 'train', 'test'] as const).find((part) => sizes[part] > 0) ?? PARTS[0];
}

export const validated = (ledger: Ledger): Epoch[] => ledger.epochs.filter((epoch) => epoch.validation);

/** The epoch whose weights were kept; while the run goes on, the best so far. */
export const keptEpoch = (ledger: Ledger): number | null =>
  ledger.report?.keptEpoch ?? ledger.epochs.filter((epoch) => epoch.best).at(-1)?.epoch ?? null;

/** The chosen epoch, else the newest while the run goes on, else the kept one. Only validation is known of every epoch. */
export function shownEpoch(ledger: Ledger, state: RunState, chosen: number | null): Epoch | null {
  const epochs = validated(ledger);
  const at = (epoch: number | null) => epochs.find((one) => one.epoch === epoch);
  return at(chosen) ?? (goesOn(state) ? undefined : at(keptEpoch(ledger))) ?? epochs.at(-1) ?? null;
}

/** The pictures of the chosen epoch, else of the newest while the run goes on, else of the last up to the kept one. */
export function shownPictures(ledger: Ledger, state: RunState, chosen: number | null): Pictured | undefined {
  const { pictured } = ledger;
  const until = chosen ?? (goesOn(state) ? null : keptEpoch(ledger)) ?? Infinity;
  return pictured.filter(({ epoch }) => epoch <= until).at(-1) ?? pictured.at(0);
}

/** More than these do not fit into the header; the curves have all. */
const MOST_FIGURES = 4;

/** What the Train block asked for beside the loss and the accuracy, without those of single classes. */
export const otherFigures = (metrics: MetricValues): [string, number | null][] =>
  Object.entries(metrics)
    .filter(([name]) => !['loss', 'n', 'accuracy'].includes(name) && !name.endsWith(']'))
    .slice(0, MOST_FIGURES);

export interface Figures {
  n: number;
  loss: number | null;
  accuracy: number | null;
  interval: Interval | null;
  mistakes: number;
}

/** What the header says of a matrix and the loss that goes with it. */
export function figuresOf(confusion: Confusion, metrics: MetricValues): Figures {
  const n = samplesCounted(confusion);
  const right = confusion.counts.reduce((sum, row, i) => sum + row[i], 0);
  return {
    n,
    loss: metrics.loss,
    accuracy: accuracy(confusion),
    interval: wilsonInterval(right, n),
    mistakes: n - right,
  };
}
