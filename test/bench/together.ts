/**
 * What two runs at once get of the computer: samples a second of each beside the other, and of one that trains alone with
 * the threads of one. They are alike, so that a fair share is half each.
 */
import type { HostEvent } from '../../shared/protocol/host-api';
import type { RunEvent } from '../../shared/protocol/run';
import type { HostClient } from '../application';
import { moons } from '../host/hosted';
import { withApplication } from './control/served';

/** A minute of each would say the same. */
const SECONDS = 8;
/** Of the mean, that one run may have more or less than the other. */
const UNFAIR = 0.2;

type Progress = Required<Extract<RunEvent, { type: 'progress' }>>;
/** Enough samples that an epoch lasts for longer than the measurement. */
const endless = () => moons({ epochs: 1_000_000, count: 100_000, batch_size: 32 });

async function progressOf(client: HostClient, run: string): Promise<Progress> {
  const count = client.events.length;
  const fits = (event: HostEvent): event is Extract<HostEvent, { type: 'run' }> =>
    event.type === 'run' &&
    event.run === run &&
    event.event.type === 'progress' &&
    client.events.indexOf(event) >= count;
  return (await client.waitFor(fits)).event as Progress;
}

/** Steps a second while all of them train, by the clock of this process. */
async function speeds(client: HostClient, runs: readonly string[]): Promise<number[]> {
  const one = async (run: string): Promise<number> => {
    const first = await progressOf(client, run);
    const began = performance.now();
    let last = first;
    while (performance.now() - began < 1000 * SECONDS) last = await progressOf(client, run);
    return (1000 * (last.step - first.step)) / (last.time - first.time);
  };
  return Promise.all(runs.map(one));
}

async function end(client: HostClient, run: string): Promise<void> {
  const ended = client.waitFor(
    (event) => event.type === 'run-state' && event.record.run === run && event.record.state === 'stopped',
  );
  await client.need('stopRun', { run });
  await client.need('stopRun', { run });
  await ended;
}

const text = (speed: number): string => `${Math.round(speed).toLocaleString('en')} steps a second`;

export const bench = (): Promise<boolean> =>
  withApplication(endless(), async (client, project) => {
    const start = async () => (await client.need('startRun', project)).run;
    const first = await start();
    await progressOf(client, first);
    const [alone] = await speeds(client, [first]);
    console.log(`one run, all cores: ${text(alone)}`);
    await end(client, first);

    await client.need('changeSettings', { runsAtOnce: 2 });
    const second = await start();
    await progressOf(client, second);
    const [half] = await speeds(client, [second]);
    console.log(`one run, its share of the cores, no other beside it: ${text(half)}`);
    const third = await start();
    await progressOf(client, third);
    const both = await speeds(client, [second, third]);
    const mean = (both[0] + both[1]) / 2;
    const apart = Math.abs(both[0] - both[1]) / 2 / mean;
    const isFair = apart <= UNFAIR;
    console.log(
      `two runs at once: ${both.map(text).join(' and ')}, together ${((2 * mean) / alone).toFixed(2)} times one; ` +
        `each within ${(100 * apart).toFixed(1)} % of half ${isFair ? 'fair' : 'NOT FAIR'}`,
    );
    await end(client, second);
    await end(client, third);
    return isFair;
  });
