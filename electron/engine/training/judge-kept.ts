/**
 * Owns the last figures of a run: what it keeps, judged on every part, with word of how far that is. Whoever asks the run to
 * stop meanwhile leaves out the figures that are not there yet, and the report says which.
 */
import { mainTrainer } from '../../../shared/compiler/stages';
import { MOST_TELLING_FIRST, type Part } from '../../../shared/document/facts';
import type { Report } from '../../../shared/protocol/run';
import { ok, type Result } from '../../../shared/result';
import { awakeMilliseconds } from '../awake-clock';
import { judgePart, type PartFigures } from './judge';
import { meanwhile } from './listen';
import type { Session } from './session';

type ByPart = Partial<Record<Part, PartFigures>>;

export interface KeptFigures {
  /** The Train block that the run is judged by, and its figures. */
  main: string;
  figures: ByPart;
  byTrainer: ReadonlyMap<string, ByPart>;
  /** Parts without figures of every Train block. */
  leftOut: Part[];
}

const TELL_MILLISECONDS = 250;

export const metricsOf = ({ train, validation, test }: ByPart): Report['metrics'] => ({
  train: train?.metrics,
  validation: validation?.metrics,
  test: test?.metrics,
});

/** Tells when a part begins and then a few times a second how many samples have been judged. */
function teller({ run }: Session, total: number): (part: Part, done: number) => void {
  let told: { part: Part; at: number } | null = null;
  return (part, done) => {
    const at = awakeMilliseconds();
    if (told?.part === part && at - told.at < TELL_MILLISECONDS) return;
    told = { part, at };
    run.emit({ type: 'judging', time: Date.now(), part, done, total });
  };
}

/** With the weights that the network holds. Problems: of the disk. */
export async function judgeKept(session: Session): Promise<Result<KeptFigures>> {
  const { run, samples, progress } = session;
  const { trainers } = run.plan;
  // What one would miss most is computed first.
  const parts = MOST_TELLING_FIRST.filter((part) => samples.parts[part].length > 0);
  const total = trainers.length * parts.reduce((sum, part) => sum + samples.parts[part].length, 0);
  const tell = teller(session, total);
  const goOn = meanwhile(session, progress.epochs);
  const byTrainer = new Map<string, ByPart>(trainers.map(({ block }) => [block, {}]));
  const leftOut: Part[] = [];
  let before = 0;
  for (const part of parts) {
    for (const trainer of trainers) {
      if (run.control.leavesOff) break;
      tell(part, before);
      const judged = await judgePart(
        session,
        part,
        'kept',
        (done) => {
          tell(part, before + done);
          return goOn();
        },
        trainer,
      );
      if (!judged.ok) return judged;
      if (judged.value === null) break;
      byTrainer.set(trainer.block, { ...byTrainer.get(trainer.block), [part]: judged.value });
      before += samples.parts[part].length;
    }
    if ([...byTrainer.values()].some((figures) => figures[part] === undefined)) leftOut.push(part);
  }
  const main = mainTrainer(run.plan).block;
  return ok({ main, figures: byTrainer.get(main) ?? {}, byTrainer, leftOut });
}
