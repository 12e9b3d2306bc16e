/** What networks are trained with on this computer, or how to get it. */
import type { EngineState } from '../../shared/protocol/host-api';
import { host } from '../state/host';
import { useMachine, type SetupStep } from '../state/machine-store';
import { reportProblem } from '../state/notices';
import { sizeText } from '../ui/numbers';

async function prepare(): Promise<void> {
  const answer = await host.prepareEngine({});
  if (!answer.ok) reportProblem(answer.problem);
}

async function cancel(): Promise<void> {
  const answer = await host.cancelPrepareEngine({});
  if (!answer.ok) reportProblem(answer.problem);
}

function Progress({ setup }: { setup: SetupStep | null }) {
  const { message, done, total } = setup ?? { message: 'Preparing the engine' };
  const known = done !== undefined && total !== undefined && total > 0;
  return (
    <div className="engine-progress" role="status">
      <span className="s12">
        {message}
        {known && (
          <span className="ink3 num">
            , {sizeText(done)} of {sizeText(total)}
          </span>
        )}
      </span>
      {known && (
        <span
          className="progress"
          role="progressbar"
          aria-label="Preparing the engine"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round((100 * done) / total)}
        >
          <i style={{ width: `${Math.min(100, (100 * done) / total)}%` }} />
        </span>
      )}
      <button type="button" className="btn" onClick={() => void cancel()}>
        Cancel
      </button>
    </div>
  );
}

/** The host may say the version with or without the name. */
const versionText = (version: string): string => (/^\d/.test(version) ? `TensorFlow ${version}` : version);

function Words({
  engine,
  machine,
}: {
  engine: Exclude<EngineState, { state: 'preparing' }>;
  machine: string;
}) {
  if (engine.state === 'ready')
    return (
      <>
        <span className="dot" style={{ color: 'var(--ok)' }} />
        <span className="s12">
          Engine ready: {engine.device}, {versionText(engine.version)}
        </span>
        <span className="s12 ink3 num">{machine}</span>
      </>
    );
  return (
    <>
      <span className="dot" style={{ color: 'var(--warn)' }} />
      <span className="s12 engine-missing">
        {engine.state === 'missing'
          ? engine.message
          : 'The training engine is not on this computer yet. It is fetched once; drawing and checking a network work without it.'}
      </span>
      <button type="button" className="btn" onClick={() => void prepare()}>
        {engine.state === 'missing' ? 'Prepare the engine again' : 'Prepare the engine'}
      </button>
    </>
  );
}

export function EngineLine() {
  const { engine, setup, about } = useMachine();
  if (!about && engine.state === 'unknown') return <footer className="engine-line" />;
  const machine = about ? `${about.cores} cores, ${sizeText(about.memory)} memory` : '';
  return (
    <footer className="engine-line" aria-label="Engine" data-area="engine">
      {engine.state === 'preparing' ? (
        <Progress setup={setup} />
      ) : (
        <Words engine={engine} machine={machine} />
      )}
      <span className="grow" />
      {about && <span className="s11 ink3 num">Axonry {about.version}</span>}
    </footer>
  );
}
