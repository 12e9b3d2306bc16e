/** Owns what the engine reads from a run's folder: the plan, the facts it was compiled with, and which weights were kept. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { plan, type Plan } from '../../shared/compiler/plan';
import { dataFacts } from '../../shared/document/facts';
import { preparationState, type PreparationState } from '../../shared/document/preparation';
import { RUN_FILES, runEvent, runRecord, type Report, type RunEvent } from '../../shared/protocol/run';
import { fail, ok, type Result } from '../../shared/result';

/** Facts by data block. */
const factsFile = z.record(z.string(), dataFacts);

function readText(file: string): Result<string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return fail(
      'run/file-missing',
      `${file} could not be opened (${code}). The run cannot be used without it; train again.`,
    );
  }
}

/** The file as JSON of this form, else a sentence that names it. */
export function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Result<z.infer<Schema>> {
  const text = readText(file);
  if (!text.ok) return text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.value);
  } catch {
    return fail('run/file-damaged', `${file} is damaged: it is not JSON. Train again.`);
  }
  const checked = schema.safeParse(parsed);
  if (checked.success) return ok(checked.data);
  const [issue] = checked.error.issues;
  return fail(
    'run/file-damaged',
    `${file} is damaged at ${issue.path.join('.') || 'its start'}: ${issue.message}. Train again.`,
  );
}

export const readPlan = (run: string): Result<Plan> => readJson(path.join(run, RUN_FILES.plan), plan);

/** What each data block held when the run was planned: fingerprints by block. */
export function readFingerprints(run: string): Result<Map<string, string>> {
  const facts = readJson(path.join(run, RUN_FILES.facts), factsFile);
  return facts.ok
    ? ok(new Map(Object.entries(facts.value).map(([block, { fingerprint }]) => [block, fingerprint])))
    : facts;
}

/** Every whole line; the last one of a run that was cut off is left out. */
function readEvents(run: string): RunEvent[] {
  const text = readText(path.join(run, RUN_FILES.events));
  if (!text.ok) return [];
  return text.value.split('\n').flatMap((line) => {
    try {
      const event = runEvent.safeParse(JSON.parse(line));
      return event.success ? [event.data] : [];
    } catch {
      return [];
    }
  });
}

/** The epoch whose weights count as the run's: of the report, else (a run that goes on or was cut off) the best so far. */
export function keptEpoch(run: string): Result<number> {
  let kept: number | null = null;
  for (const event of readEvents(run)) {
    if (event.type === 'report') kept = event.keptEpoch;
    if (event.type === 'epoch' && (event.best || kept === null)) kept = event.epoch;
  }
  if (kept !== null) return ok(kept);
  const record = readJson(path.join(run, RUN_FILES.record), runRecord.pick({ report: true }));
  if (record.ok && record.value.report !== null) return ok(record.value.report.keptEpoch);
  return fail(
    'run/no-weights',
    `The run ${run} has not finished an epoch: there are no weights to look at yet.`,
  );
}

/** What the run said when it ended; null where it has been trained further since, or has not ended. */
export function lastReport(run: string): Report | null {
  const last = readEvents(run)
    .filter(({ type }) => type === 'report' || type === 'epoch')
    .pop();
  return last?.type === 'report' ? last : null;
}

/** What the run fitted when it began. */
export const readPreparation = (run: string): Result<PreparationState> =>
  readJson(path.join(run, RUN_FILES.preparation), preparationState);
