/** Owns what the window knows about the computer and its engine: the device line, and the progress of a first start. */
import { create } from 'zustand';
import type { About, EngineState, HostEvent } from '../../shared/protocol/host-api';
import { host } from './host';

export interface SetupStep {
  stage: string;
  message: string;
  done?: number;
  total?: number;
}

export interface MachineState {
  about: About | null;
  engine: EngineState;
  /** The latest step while the engine is being prepared. */
  setup: SetupStep | null;
}

export const useMachine = create<MachineState>(() => ({
  about: null,
  engine: { state: 'unknown' },
  setup: null,
}));

function engineOf(event: Extract<HostEvent, { type: 'engine' }>): EngineState {
  switch (event.state) {
    case 'ready':
      return { state: 'ready', device: event.device ?? 'CPU', version: event.version ?? '' };
    case 'missing':
      return { state: 'missing', message: event.message ?? '' };
    default:
      return { state: event.state };
  }
}

export async function askAboutMachine(): Promise<void> {
  const answer = await host.about({});
  if (answer.ok) useMachine.setState({ about: answer.value, engine: answer.value.engine });
}

export function followMachine(): () => void {
  return host.subscribe((event) => {
    if (event.type === 'setup') useMachine.setState({ setup: event });
    if (event.type === 'engine') {
      const engine = engineOf(event);
      useMachine.setState(engine.state === 'preparing' ? { engine } : { engine, setup: null });
    }
  });
}
