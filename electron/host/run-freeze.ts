/** Makes a run's folder: facts read again, plan compiled, and everything that the engine needs written down for good. */
import fs from 'node:fs/promises';
import { compile } from '../../shared/compiler/compile';
import type { Document } from '../../shared/document/document';
import { apply, type Edit } from '../../shared/document/edits';
import { saveText } from '../../shared/document/load';
import type { Plan } from '../../shared/compiler/plan';
import { stepKey } from '../../shared/compiler/run-time';
import { RUN_FILES, type RunRecord } from '../../shared/protocol/run';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import type { Data } from './data';
import { claimRunFolder, makeRunFolder, writeRecord, writeRunFile } from './run-folder';
import { withAbsolutePaths } from './sources';

export interface RunRequest {
  document: Document;
  /** What a person calls the project. */
  project: string;
  /** Relative paths of its data are resolved against it. */
  folder: string;
  seed: number;
  place:
    | { kind: 'beside'; runs: string; number: number }
    /** Not beside a project: its data are named absolutely. */
    | { kind: 'apart'; runs: string; number: number }
    | { kind: 'chosen'; run: string };
}

/** The plan, or the sentence of what stands in its way. */
export function compiled(document: Document): Result<Plan> {
  const { plan, diagnostics } = compile(document);
  if (plan) return ok(plan);
  // Without an error there is still no plan where an Input has a shape of its own and no data.
  const reason =
    diagnostics.find(({ severity }) => severity === 'error') ??
    diagnostics.find(({ code }) => code === 'data/none');
  return fail(
    reason?.code ?? 'graph/no-plan',
    reason ? `${reason.message} ${reason.why}`.trim() : 'This network cannot be trained yet.',
  );
}

export async function freezeRun(data: Data, request: RunRequest): Promise<Result<RunRecord>> {
  const { place, folder } = request;
  const fresh = await data.forRun(request.document, folder);
  if (!fresh.ok) return fresh;
  const document = place.kind === 'beside' ? fresh.value : await withAbsolutePaths(fresh.value, folder);
  const plan = compiled(document);
  if (!plan.ok) return plan;
  const made =
    place.kind === 'chosen' ? await claimRunFolder(place.run) : await makeRunFolder(place.runs, place.number);
  if (!made.ok) return made;
  const record: RunRecord = {
    format: 'axonry-run',
    version: 1,
    run: made.value.run,
    number: made.value.number,
    document: document.id,
    project: request.project,
    seed: request.seed,
    created: Date.now(),
    state: 'queued',
    report: null,
    planHash: plan.value.hash,
    stepKey: stepKey(plan.value),
  };
  const refused = await writeFrozen(record, document, plan.value);
  if (!refused) return ok(record);
  // It was made just now and holds nothing of anybody else's.
  await fs.rm(record.run, { recursive: true, force: true }).catch(() => undefined);
  return { ok: false, problem: refused };
}

/** Gives a run more epochs: its document and plan are frozen anew, everything else stays as it was. */
export async function lengthenRun(
  record: RunRecord,
  document: Document,
  epochs: number,
): Promise<Result<RunRecord>> {
  const trains = Object.entries(document.blocks).filter(([, { type }]) => type === 'Train');
  const edits = trains.map(([id]): Edit => ({ kind: 'set-param', id, name: 'epochs', value: epochs }));
  const longer = apply(document, { kind: 'batch', label: 'Train for longer', edits });
  const plan = compiled(longer);
  if (!plan.ok) return plan;
  const lengthened: RunRecord = { ...record, planHash: plan.value.hash };
  const refused = await writeFrozen(lengthened, longer, plan.value);
  return refused ? { ok: false, problem: refused } : ok(lengthened);
}

/** The record comes last: a folder that has one has everything. */
async function writeFrozen(record: RunRecord, document: Document, plan: Plan): Promise<Problem | null> {
  const files: [string, unknown][] = [
    [RUN_FILES.document, saveText(document)],
    [RUN_FILES.plan, plan],
    [RUN_FILES.facts, document.facts],
  ];
  for (const [name, content] of files) {
    const written = await writeRunFile(record.run, name, content);
    if (!written.ok) return written.problem;
  }
  const written = await writeRecord(record);
  return written.ok ? null : written.problem;
}
