/** The learning rate of an optimizer over the steps of its run, drawn where it changes. */
import { useMemo } from 'react';
import type { Block } from '../../shared/document/document';
import { stagesOf } from '../../shared/compiler/stages';
import { rateOf } from '../../shared/schedules/rates';
import { updatesOfRun } from '../../shared/schedules/run-length';
import { RANGE_TEST } from '../../shared/schedules/schedules';
import { definitionOfBlock, valuesOfBlock } from '../state/blocks';
import { useCompilation } from '../state/compilation';
import { change } from '../state/project-store';
import { startRun } from '../state/runs-store';
import { countText, figureText } from '../ui/numbers';
import { CurvePicture } from './curve-picture';

/** Drawn where the run's length is not known yet. */
const USUAL_STEPS = 2000;

function useRunLength(id: string): { steps: number; epochs: number } | null {
  const plan = useCompilation((state) => state.plan);
  const results = useCompilation((state) => state.blocks);
  const trainer = plan?.trainers.find(({ optimizer }) => optimizer.block === id);
  const loss = plan?.losses.find(({ block }) => trainer?.losses.includes(block));
  if (!plan || !trainer || !loss) return null;
  const [first] = stagesOf(plan).find((stage) => stage.includes(trainer)) ?? [trainer];
  const steps = updatesOfRun(results[loss.dataset]?.facts, first, trainer.steps_per_turn);
  return steps === null ? null : { steps, epochs: first.epochs };
}

const USUAL_TEST = 200;

/** One click tries all rates in a short run; its chart offers the one where the loss fell fastest. */
function LookForRate({ id, block, steps }: { id: string; block: Block; steps: number }) {
  if (!definitionOfBlock(block)?.parameters.schedule) return null;
  const look = () => {
    const config = { range_steps: Math.min(USUAL_TEST, steps) };
    change(
      { kind: 'set-param', id, name: 'schedule', value: { class_name: RANGE_TEST, config } },
      { label: 'Look for a learning rate' },
    );
    void startRun();
  };
  return (
    <section>
      <h3>Which rate?</h3>
      <p className="s12 ink2">
        A short run tries all rates, small ones first, and shows where the loss falls fastest.
      </p>
      <button type="button" className="btn look-for-rate" onClick={look}>
        Look for a rate
      </button>
    </section>
  );
}

export function ScheduleSection({ id, block }: { id: string; block: Block }) {
  const run = useRunLength(id);
  const behaviour = definitionOfBlock(block)?.behaviour;
  const config = behaviour?.kind === 'optimizer' ? behaviour.learningRate(valuesOfBlock(block)) : null;
  const key = JSON.stringify(config);
  const rate = useMemo(() => rateOf(JSON.parse(key === 'null' ? '0' : key)), [key]);
  if (typeof config === 'number' && run) return <LookForRate id={id} block={block} steps={run.steps} />;
  if (config === null || typeof config === 'number') return null;
  const steps = run?.steps ?? USUAL_STEPS;
  const last = Math.max(1, steps - 1);
  const highest = Math.max(...Array.from({ length: 201 }, (_, i) => rate(Math.round((last * i) / 200))));
  const axes = { width: 256, height: 96, from: 0, to: last, bottom: 0, top: highest > 0 ? highest : 1 };
  const over = run
    ? `${countText(steps)} steps of ${countText(run.epochs)} epochs`
    : `${countText(steps)} steps; how many the run has is not known yet`;
  return (
    <section>
      <h3>Learning rate</h3>
      <CurvePicture
        axes={axes}
        curve={(step) => rate(Math.round(step))}
        label={`Learning rate over ${over}: from ${figureText(rate(0))} to ${figureText(rate(last))}, at most ${figureText(highest)}`}
      />
      <div className="kv">
        <span>From</span>
        <span className="num">{figureText(rate(0))}</span>
      </div>
      <div className="kv">
        <span>To</span>
        <span className="num">{figureText(rate(last))}</span>
      </div>
      <p className="s12 ink2">Over {over}.</p>
    </section>
  );
}
