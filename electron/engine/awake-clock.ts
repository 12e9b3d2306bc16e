/**
 * Owns the time in which this process was awake. Neither the wall clock, which can be set, nor one that goes on while the
 * computer sleeps or the process is halted: a run that slept over night did not train over night.
 */
import { performance } from 'node:perf_hooks';

/** What was computed between the last look and the gap must not hide it. */
const LOOK_MILLISECONDS = 100;
/** A gap in which nothing of this process ran, not even a timer, and in which hardly anything was computed. */
const GAP_MILLISECONDS = 2000;
const COMPUTED_SHARE = 0.05;

let slept = 0;
let last = performance.now();
let computed = process.cpuUsage();

function look(now: number): void {
  const gap = now - last;
  const { user, system } = process.cpuUsage(computed);
  const computing = (user + system) / 1000;
  if (gap > GAP_MILLISECONDS && computing < COMPUTED_SHARE * gap) slept += gap - computing;
  last = now;
  computed = process.cpuUsage();
}

/** Whoever waits for a disk or for a person is awake. */
setInterval(() => look(performance.now()), LOOK_MILLISECONDS).unref();

/** Milliseconds since some moment; only differences mean something. */
export function awakeMilliseconds(): number {
  const now = performance.now();
  if (now - last >= LOOK_MILLISECONDS) look(now);
  return now - slept;
}
