/** Answers how fast this machine trains, with the engine that it trains with. */
import type { Measurement } from '../../../shared/protocol/calibration';
import type { EngineSettings } from '../../../shared/protocol/engine';
import { ok, type Result } from '../../../shared/result';
import { loadBackend } from '../native';
import { calibrate } from './calibrate';

/** Problems: the engine cannot be loaded, `step/session`. */
export async function measureMachine(settings: EngineSettings): Promise<Result<Measurement>> {
  const engine = await loadBackend(settings);
  if (!engine.ok) return engine;
  const rates = calibrate();
  return rates.ok ? ok({ device: engine.value.device, rates: rates.value }) : rates;
}
