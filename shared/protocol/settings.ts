/** Owns what a person can set for all projects on this computer, and what the settings mean in threads. */
import { z } from 'zod';

export const appSettings = z.object({
  /** How many runs train at the same time; the others wait. */
  runsAtOnce: z.union([z.literal(1), z.literal(2)]),
  /** Processor cores that stay free for other programs while networks train. */
  leaveCores: z.number().int().min(0).max(1024),
});
export type AppSettings = z.infer<typeof appSettings>;

export const DEFAULT_SETTINGS: AppSettings = { runsAtOnce: 1, leaveCores: 0 };

/** `leaveCoresFixed`: the environment decides how many cores stay free, whatever is set here. */
export interface SettingsState extends AppSettings {
  leaveCoresFixed: boolean;
}

/**
 * With how many threads each run computes: the same whether another one trains beside it or not, because the number of
 * threads decides how results are rounded.
 */
export const threadsOfRun = ({ runsAtOnce, leaveCores }: AppSettings, cores: number): number =>
  Math.max(1, Math.floor((cores - leaveCores) / runsAtOnce));
