/** Owns what the window knows about the computer and its engine: the device line, and the progress of a first start. */
import { create } from 'zustand';
import type { Calibration } from '../../shared/protocol/calibration';
import type { About, EngineState, HostEvent } from '../../shared/protocol/host-api';
import { host } from './host';

export interface SetupStep {
  stage: string;
  message: string;
  done?: number;
  total?: number;
  /** When this step began to count, and where. */
  since?: { time: number; done: number };
  /** When it was told. */
  at?: number;
}

export interface MachineState {
  about: About | null;
  engine: EngineState;
  /** The latest step while the engine is being prepared. */
  setup: SetupStep | null;
  /** How fast this computer trains; null until it was measured. */
  calibration: Calibration | null;
}

export const useMachine = create<MachineState>(() => ({
  about: null,
  engine: { state: 'unknown' },
  setup: null,
  calibration: null,
}));

function engineOf(event: Extract<HostEvent, { type: 'engine' }>): EngineState {
  switch (event.state) {
    case 'ready':
      return {
        state: 'ready',
        device: event.device,
        version: event.version ?? '',
        portable: event.portable,
      };
    case 'missing':
      return { state: 'missing', message: event.message ?? '' };
    default:
      return { state: event.state };
  }
}

/** A step that counts is timed from its first count on; what it had from an earlier try was not fetched now. */
export function timed(before: SetupStep | null, now: SetupStep, at: number): SetupStep {
  if (now.done === undefined) return now;
  const goesOn = before?.message === now.message ? before.since : undefined;
  return { ...now, at, since: goesOn ?? { time: at, done: now.done } };
}

/** Seconds until the step is done at the speed so far; null while that is anybody's guess. */
export function secondsLeft({ done, total, since, at }: SetupStep): number | null {
  if (done === undefined || total === undefined || since === undefined || at === undefined) return null;
  const seconds = (at - since.time) / 1000;
  const fetched = done - since.done;
  return seconds < 2 || fetched <= 0 ? null : ((total - done) * seconds) / fetched;
}

export async function askAboutMachine(): Promise<void> {
  const answer = await host.about({});
  if (answer.ok) useMachine.setState({ about: answer.value, engine: answer.value.engine });
}

/** Asks once for each engine: what stands in the way at one time may not at another. */
export async function askForCalibration(): Promise<void> {
  const answer = await host.calibration({});
  if (answer.ok) useMachine.setState({ calibration: answer.value });
}

/** With another number of threads the computer is as fast as another one. */
export const forgetCalibration = (): void => useMachine.setState({ calibration: null });

/** `AMD EPYC, TensorFlow 2.21.0`: what networks are trained on, and with what. */
export const engineText = ({ device, version }: Extract<EngineState, { state: 'ready' }>): string =>
  [device, version].filter((part) => part !== undefined).join(', ');

export function followMachine(): () => void {
  return host.subscribe((event) => {
    if (event.type === 'setup')
      useMachine.setState(({ setup }) => ({ setup: timed(setup, event, Date.now()) }));
    if (event.type === 'engine') {
      const engine = engineOf(event);
      useMachine.setState(engine.state === 'preparing' ? { engine } : { engine, setup: null });
    }
  });
}
