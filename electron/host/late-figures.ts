/** Owns the figures that a run left out because it was stopped: they are computed when somebody asks, and join its report. */
import { MOST_TELLING_FIRST, type Part } from '../../shared/document/facts';
import type { Evaluation } from '../../shared/protocol/evaluation';
import type { Report, RunRecord } from '../../shared/protocol/run';
import { fail, ok, type Result } from '../../shared/result';
import type { Emit } from './events';
import { Ledger, writeRecord } from './run-folder';
import { hasEnded } from './run-process';

const saysMore = (part: Part, than: Part): boolean =>
  MOST_TELLING_FIRST.indexOf(part) < MOST_TELLING_FIRST.indexOf(than);

/** Where there are several Train blocks, each has figures of its own. */
const joinedTrainers = (
  { trainers = {} }: Report,
  { part, trainers: found = {} }: Evaluation,
): NonNullable<Report['trainers']> =>
  Object.fromEntries(
    Object.entries(trainers).map(([block, own]) => [
      block,
      { metrics: { ...own.metrics, [part]: found[block] ?? own.metrics[part] } },
    ]),
  );

function joined(report: Report, evaluation: Evaluation): Report {
  const { part, metrics, confusion } = evaluation;
  const { leftOut: before = [], ...rest } = report;
  const leftOut = before.filter((other) => other !== part);
  const isTelling = report.confusionPart === undefined || saysMore(part, report.confusionPart);
  return {
    ...rest,
    metrics: { ...report.metrics, [part]: metrics },
    ...(report.trainers ? { trainers: joinedTrainers(report, evaluation) } : {}),
    ...(confusion !== undefined && isTelling ? { confusion, confusionPart: part } : {}),
    ...(leftOut.length > 0 ? { leftOut } : {}),
  };
}

/** Problems: the run goes on, or those of `evaluate`; what was computed by then is kept. */
export async function completeReport(
  record: RunRecord,
  evaluate: (part: Part) => Promise<Result<Evaluation>>,
  emit: Emit,
): Promise<Result<RunRecord>> {
  if (!hasEnded(record.state))
    return fail('run/already-going', `Run ${record.number} goes on. Ask again when it has ended.`);
  let current = record;
  for (const part of record.report?.leftOut ?? []) {
    const evaluation = await evaluate(part);
    if (!evaluation.ok) return evaluation;
    if (current.report === null) return ok(current);
    current = { ...current, report: joined(current.report, evaluation.value) };
    const written = await writeRecord(current);
    if (!written.ok) return written;
    await tell(current, emit);
  }
  return ok(current);
}

async function tell(record: RunRecord, emit: Emit): Promise<void> {
  const { run, report } = record;
  if (report === null) return;
  const event = { ...report, time: Date.now() };
  const ledger = new Ledger(run, () => undefined);
  ledger.append(event);
  await ledger.settled();
  emit({ type: 'run', run, event });
  emit({ type: 'run-state', record });
}
