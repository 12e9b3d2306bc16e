/** Reports as text for a terminal. */
import type { Part } from '../../shared/document/facts';
import type { Confusion, MetricValues, RangeTestResult, Report } from '../../shared/protocol/run';

const figure = (value: number | null): string =>
  value === null ? 'undefined' : String(Number(value.toPrecision(4)));

/** `test: loss 0.0681, accuracy 0.981 (10000 samples)` */
export function metricsLine(part: string, { n, ...values }: MetricValues): string {
  const words = Object.entries(values).map(([name, value]) => `${name} ${figure(value)}`);
  return `${part}: ${words.join(', ')} (${n} samples)`;
}

/** Rows are true classes, columns predicted ones. */
export function confusionTable({ labels, counts }: Confusion, part: Part): string {
  const cells = [['', ...labels], ...counts.map((row, i) => [labels[i], ...row.map(String)])];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const rows = cells.map((row) => `  ${row.map((cell, column) => cell.padStart(widths[column])).join('  ')}`);
  return [`Confusion matrix of the ${part} part, rows true, columns predicted:`, ...rows].join('\n');
}

/** `Learning rate: the loss falls fastest at 0.012 (…).` */
function rangeLine({ points, suggestion }: RangeTestResult): string {
  const tried = `${points.length} steps from ${figure(points[0]?.rate ?? null)} to ${figure(points.at(-1)?.rate ?? null)}`;
  return suggestion === null
    ? `Range test: the loss never fell in ${tried}.`
    : `Range test: the loss falls fastest at a learning rate of ${Number(suggestion.toPrecision(2))} (${tried}).`;
}
const partLines = (metrics: Report['metrics'], of = ''): string[] =>
  Object.entries(metrics).flatMap(([part, values]) => (values ? [metricsLine(`${of}${part}`, values)] : []));

/** `said`: messages that the reader has read already. */
export function reportText(report: Report, said: readonly string[]): string {
  const { metrics, trainers, confusion, confusionPart = 'test', diagnostics, engine, leftOut = [] } = report;
  const parts = trainers
    ? Object.entries(trainers).flatMap(([block, own]) => partLines(own.metrics, `${block}, `))
    : partLines(metrics);
  return [
    `${report.epochs} epochs, ${report.steps} steps in ${report.seconds.toFixed(1)} s (${Math.round(report.samplesPerSecond)} samples/s, ${engine.backend} ${engine.version}, seed ${report.seed}); kept epoch ${report.keptEpoch}${report.keptEpoch > report.epochs ? ', which is not complete' : ''}.`,
    ...parts,
    ...leftOut.map(
      (part) =>
        `${part}: left out, because the run was stopped before. "evaluate ${report.run} --part ${part}" computes it.`,
    ),
    ...(report.rangeTest ? [rangeLine(report.rangeTest)] : []),
    ...(confusion ? [confusionTable(confusion, confusionPart)] : []),
    ...diagnostics
      .filter(({ message }) => !said.includes(message))
      .map(({ severity, message, why }) => `${severity}  ${message} ${why}`),
    `Run: ${report.run}`,
  ].join('\n');
}
