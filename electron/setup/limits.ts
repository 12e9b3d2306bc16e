/** How long setup waits before it gives something up. The environment can set them, for slow machines and for tests. */

function fromEnvironment(name: string, otherwise: number): number {
  const value = Number(process.env[name]);
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}

/** Milliseconds without any sign of progress after which a way is given up. */
export const silenceLimit = (): number => fromEnvironment('AXONRY_SETUP_SILENCE_MS', 60_000);

/** Milliseconds within which a connection must stand. */
export const connectLimit = (): number => fromEnvironment('AXONRY_SETUP_CONNECT_MS', 8_000);

/** Milliseconds without a heartbeat after which the lock of another start counts as left behind. */
export const staleLockLimit = (): number => fromEnvironment('AXONRY_SETUP_STALE_MS', 15_000);
