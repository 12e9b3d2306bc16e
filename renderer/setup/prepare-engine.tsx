/** Getting the engine in the window: how far it is and how long it takes still, cancel, try again, and the choice of ways. */
import { Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { HostParams } from '../../shared/protocol/host-api';
import { host } from '../state/host';
import { secondsLeft, useMachine, type SetupStep } from '../state/machine-store';
import { reportProblem } from '../state/notices';
import { durationText } from '../training/figures';
import { sizeText } from '../ui/numbers';
import './setup.css';

type Way = HostParams<'prepareEngine'>['way'];

/** What a failed preparation says is shown where it is prepared. */
const prepare = (way?: Way): unknown => host.prepareEngine(way ? { way } : {});

async function cancel(): Promise<void> {
  const answer = await host.cancelPrepareEngine({});
  if (!answer.ok) reportProblem(answer.problem);
}

const WAYS: readonly { way: Way; title: string; text: string }[] = [
  { way: 'official', title: 'Fetch the ready-made files', text: 'Quickest. Needs the network, once.' },
  {
    way: 'build',
    title: 'Build it on this computer',
    text: 'Takes some minutes. Needs the network, Python and a C++ compiler.',
  },
  {
    way: 'wasm',
    title: 'Train without it',
    text: 'Uses WebAssembly and needs nothing. All layers train, many times slower.',
  },
];

export function PrepareButtons({ again }: { again: boolean }) {
  return (
    <span className="row g4">
      <button type="button" className="btn" onClick={() => void prepare()}>
        {again ? 'Prepare the engine again' : 'Prepare the engine'}
      </button>
      <Menu position="top-end">
        <Menu.Target>
          <button type="button" className="btn icon" aria-label="Ways to get the engine">
            <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {WAYS.map(({ way, title, text }) => (
            <Menu.Item key={way} onClick={() => void prepare(way)}>
              {title}
              <div className="s11 ink3">{text}</div>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function Counted({ setup }: { setup: SetupStep & { done: number; total: number } }) {
  const { done, total } = setup;
  const left = secondsLeft(setup);
  return (
    <>
      <span className="s12 ink3 num">
        {sizeText(done)} of {sizeText(total)}
        {left !== null && `, about ${durationText(left)} left`}
      </span>
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
    </>
  );
}

export function PreparingEngine() {
  const setup = useMachine((state) => state.setup);
  const { done, total } = setup ?? {};
  return (
    <div className="engine-progress" role="status">
      <span className="s12">{setup?.message ?? 'Preparing the engine'}</span>
      {setup && done !== undefined && total !== undefined && total > 0 && (
        <Counted setup={{ ...setup, done, total }} />
      )}
      <button type="button" className="btn" onClick={() => void cancel()}>
        Cancel
      </button>
    </div>
  );
}

/** In every workspace but the start page, which has its own line: while the engine is prepared, or after that failed. */
export function SetupBanner() {
  const engine = useMachine((state) => state.engine);
  if (engine.state === 'preparing')
    return (
      <div className="banner setup-banner">
        <PreparingEngine />
      </div>
    );
  if (engine.state === 'missing')
    return (
      <div className="banner warn setup-banner" role="alert">
        <span className="grow">{engine.message}</span>
        <PrepareButtons again />
      </div>
    );
  if (engine.state === 'ready' && engine.portable)
    return (
      <div className="banner warn setup-banner" role="status">
        <span className="grow">
          Training runs on WebAssembly, without TensorFlow: all layers train, but many times slower, on one
          processor core, and with at most 4 GB of memory.
        </span>
        <PrepareButtons again={false} />
      </div>
    );
  return null;
}
