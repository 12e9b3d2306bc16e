/** What networks are trained with on this computer, or how to get it. */
import type { EngineState } from '../../shared/protocol/host-api';
import { PrepareButtons, PreparingEngine } from '../setup/prepare-engine';
import { engineText, useMachine } from '../state/machine-store';
import { sizeText } from '../ui/numbers';

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
        <span className="s12">Engine ready: {engineText(engine)}</span>
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
      <PrepareButtons again={engine.state === 'missing'} />
    </>
  );
}

export function EngineLine() {
  const { engine, about } = useMachine();
  if (!about && engine.state === 'unknown') return <footer className="engine-line" />;
  const named = engine.state === 'ready' && engine.device === about?.processor;
  const machine = about
    ? `${named ? '' : `${about.processor}, `}${about.cores} cores, ${sizeText(about.memory)} memory`
    : '';
  return (
    <footer className="engine-line" aria-label="Engine" data-area="engine">
      {engine.state === 'preparing' ? <PreparingEngine /> : <Words engine={engine} machine={machine} />}
      <span className="grow" />
      {about && <span className="s11 ink3 num">Axonry {about.version}</span>}
    </footer>
  );
}
