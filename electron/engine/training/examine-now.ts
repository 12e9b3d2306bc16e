/**
 * Owns when a run looks into one of its steps. It costs a few steps and changes nothing, so it is done when the run has gone
 * for long enough that nobody notices, and whenever a person asks.
 */
import { performance } from 'node:perf_hooks';
import { memoryNeed, rowsAtOnce } from '../../../shared/compiler/memory-need';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { lowerRate } from '../../../shared/metrics/lower-rate';
import { examinationRules } from '../../../shared/metrics/run-examined';
import type { Examination } from '../../../shared/protocol/run';
import { examineStep } from '../examine/examine-step';
import { newDiagnostics, noteLook, tellDiagnostics } from './findings';
import { availableBytes } from '../../data/room';
import type { Session } from './session';

/** Units are judged by as many samples, where memory allows it. */
const UNIT_ROWS = 256;
/** Of the run's time. */
const SHARE = 0.02;
/** A look takes as long as so many steps; the first one is not known better. */
const STEPS_OF_A_LOOK = 20;
/** What a look needs beside the run must leave as much again free. */
const SPARE = 2;

function isAffordable({ run, clock, looks, progress, trainer }: Session): boolean {
  if (run.examine !== undefined) return run.examine === 'always';
  const secondsPerStep = (progress.stepSeconds * trainer.batch_size) / progress.samples;
  return looks.sum + (looks.last ?? STEPS_OF_A_LOOK * secondsPerStep) <= SHARE * clock.seconds;
}

function fits({ run, samples, trainer }: Session): boolean {
  const size = Math.min(trainer.batch_size, samples.parts.train.length);
  const { activations, parameters } = memoryNeed(run.plan, 0, size);
  return SPARE * (activations + parameters) < (run.availableBytes ?? availableBytes());
}

type GoOn = () => Promise<boolean>;

/** Emits what was seen and what it means; null where it was not to go on to the end. */
export async function examineNow(
  session: Session,
  epoch: number,
  how: 'quickly' | 'thoroughly',
  goOn: GoOn,
  { trainer = session.trainer, stage }: { trainer?: PlanTrainer; stage?: number } = {},
): Promise<Examination | null> {
  const { run, network, samples, step, telemetry, progress, looks } = session;
  const began = performance.now();
  let waited = 0;
  const beside = [session.trainer, ...session.beside].filter((one) => one !== trainer);
  step.settle();
  const { train } = samples.parts;
  const seen = await examineStep({
    plan: run.plan,
    trainer,
    beside,
    network,
    samples,
    state: step.readState(),
    learningRate: step.rates[trainer.block],
    rows: train.subarray(0, trainer.batch_size),
    unitRows: train.subarray(0, Math.min(UNIT_ROWS, rowsAtOnce(run.plan, trainer.batch_size))),
    times: how === 'thoroughly' ? 5 : 2,
    goOn: async () => {
      const asked = performance.now();
      const isToGoOn = await goOn();
      waited += performance.now() - asked;
      return isToGoOn;
    },
  });
  if (seen === null) return null;
  const examination: Examination = {
    epoch,
    step: step.iteration,
    ...(beside.length > 0 ? { trainer: trainer.block } : {}),
    stage,
    ...seen,
    run: telemetry.perStep(trainer.batch_size),
  };
  run.emit({ type: 'examined', time: Date.now(), ...examination });
  const context = {
    block: trainer.block,
    firstLoss: progress.firstLoss,
    lowerRate: lowerRate(step.rates[trainer.block], trainer.optimizer.class_name),
  };
  const found = examinationRules(examination, context);
  noteLook(session, `a step of ${trainer.block}`, found);
  tellDiagnostics(session, newDiagnostics(session, found));
  const seconds = (performance.now() - began - waited) / 1000;
  looks.last = seconds;
  looks.sum += seconds;
  return examination;
}

/** At the end of an epoch, where the run can afford it. */
export async function examineWhenDue(session: Session, epoch: number, goOn: GoOn): Promise<void> {
  if (isAffordable(session) && fits(session)) await examineNow(session, epoch, 'quickly', goOn);
}

/** The turn of every Train block, the first one last; answers that, and null where it was not to go on to the end. */
export async function profileNow(
  session: Session,
  epoch: number,
  goOn: GoOn,
  stage?: number,
): Promise<Examination | null> {
  for (const trainer of session.beside)
    if ((await examineNow(session, epoch, 'thoroughly', goOn, { trainer, stage })) === null) return null;
  return examineNow(session, epoch, 'thoroughly', goOn, { stage });
}
