/** A computer that sleeps and a clock that is set, with the real processes: nobody is declared dead, and times stay true. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { saveText } from '../../shared/document/load';
import type { HostEvent } from '../../shared/protocol/host-api';
import type { RunEvent } from '../../shared/protocol/run';
import { HostClient, openBrowser, openWindow, startApplication, type Application } from '../application';
import { moons } from '../host/hosted';
import { enginesOf } from './engines';
import { longMoons, noTraining, noWindow, openFile, rows, stories as windows } from './stories';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry halted '));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

/** Longer than an engine may be silent in these tests, and than a gap that counts as sleep. */
const SLEPT_SECONDS = 5;
const limits = { AXONRY_ENGINE_SILENCE_S: '4' };
const DAY = 86_400_000;

type Progress = Extract<RunEvent, { type: 'progress' }>;

/** A run in an application of its own. */
class Story {
  private constructor(
    readonly root: string,
    readonly application: Application,
    readonly client: HostClient,
    readonly run: string,
    private readonly env: Record<string, string>,
    private readonly applications: Application[],
  ) {}

  static async begin(name: string, more: Record<string, string> = {}): Promise<Story> {
    const root = path.join(folder, name);
    mkdirSync(root);
    writeFileSync(
      path.join(root, 'long.axon'),
      saveText(moons({ epochs: 1000, count: 20_000, batch_size: 4 })),
    );
    const env = { AXONRY_DATA: path.join(root, '.data'), ...more };
    const application = await startApplication(root, env);
    const client = await HostClient.connect(application.address);
    const { project, document } = await client.need('openProject', { path: path.join(root, 'long.axon') });
    const { run } = await client.need('startRun', { project, document });
    const story = new Story(root, application, client, run, env, [application]);
    stories.push(story);
    await story.progressAfter(0);
    return story;
  }

  get host(): number {
    return this.application.process.pid ?? -1;
  }

  get engine(): number {
    return enginesOf(this.host, 'train')[0];
  }

  get heard(): readonly HostEvent[] {
    return this.client.events;
  }

  /** The first one that is told after so many events. */
  async progressAfter(count: number): Promise<Required<Progress>> {
    const isFresh = (event: HostEvent): event is Extract<HostEvent, { type: 'run' }> =>
      event.type === 'run' && event.event.type === 'progress' && this.heard.indexOf(event) >= count;
    const { event } = await this.client.waitFor(isFresh);
    return event as Required<Progress>;
  }

  /** What another Axonry on this computer sees of the run. */
  async seenByAnother(): Promise<string> {
    const other = await startApplication(this.root, this.env);
    this.applications.push(other);
    const client = await HostClient.connect(other.address);
    const { project } = await client.need('openProject', { path: path.join(this.root, 'long.axon') });
    const [record] = await client.need('listRuns', { project });
    client.close();
    return record.state;
  }

  states(): string[] {
    return this.heard.flatMap((event) => (event.type === 'run-state' ? [event.record.state] : []));
  }

  async end(): Promise<void> {
    this.client.close();
    for (const application of this.applications) await application.close();
  }
}

const stories: Story[] = [];
afterEach(async () => {
  for (const story of stories.splice(0)) await story.end();
});

/** As the lid of a laptop does: nothing of these processes runs, and time passes. */
async function halt(seconds: number, ...processes: number[]): Promise<void> {
  for (const one of processes) process.kill(one, 'SIGSTOP');
  await pass(1000 * seconds);
  for (const one of processes) process.kill(one, 'SIGCONT');
}

describe.skipIf(noTraining)('a run', () => {
  it('whose computer sleeps goes on, is taken for lost by nobody, and has not trained meanwhile', async () => {
    const story = await Story.begin('sleep', limits);
    const before = await story.progressAfter(0);
    const count = story.heard.length;
    for (const one of [story.engine, story.host]) process.kill(one, 'SIGSTOP');
    const asleep = performance.now();
    expect(await story.seenByAnother()).toBe('running');
    await pass(Math.max(0, 1000 * SLEPT_SECONDS - (performance.now() - asleep)));
    const slept = (performance.now() - asleep) / 1000;
    for (const one of [story.host, story.engine]) process.kill(one, 'SIGCONT');
    const woken = await story.progressAfter(count);
    const after = await story.progressAfter(story.heard.length);
    expect(slept).toBeGreaterThanOrEqual(SLEPT_SECONDS);
    expect(after.seconds - before.seconds).toBeLessThan(slept);
    expect(woken.samplesPerSecond).toBeGreaterThan(0.05 * before.samplesPerSecond);
    expect(story.states()).not.toContain('lost');
  });

  it('whose engine alone is halted for a while says so, and goes on', async () => {
    const story = await Story.begin('engine');
    const count = story.heard.length;
    await halt(3, story.engine);
    await story.progressAfter(count);
    const silences = story.heard.flatMap((event) => (event.type === 'silence' ? [event.seconds] : []));
    expect(silences.at(0)).toBeGreaterThan(0);
    expect(silences.at(-1)).toBe(0);
    expect(story.states()).not.toContain('lost');
  });

  it('goes on when the clock is set a day forward and two back, and its seconds stay seconds', async () => {
    const clock = path.join(folder, 'wrong by');
    writeFileSync(clock, '0');
    const began = performance.now();
    const story = await Story.begin('clock', {
      AXONRY_TEST_CLOCK: clock,
      NODE_OPTIONS: `--require ${JSON.stringify(path.join(import.meta.dirname, 'set-clock.cjs'))}`,
    });
    for (const wrongBy of [DAY, -DAY]) {
      writeFileSync(clock, String(wrongBy));
      const count = story.heard.length;
      const now = await story.progressAfter(count);
      const later = await story.progressAfter(story.heard.length);
      expect(Math.abs(later.time - Date.now() - wrongBy)).toBeLessThan(DAY / 2);
      expect(later.seconds).toBeGreaterThan(now.seconds);
      expect(later.seconds).toBeLessThan((performance.now() - began) / 1000);
      expect(await story.seenByAnother()).toBe('running');
    }
    await story.client.need('stopRun', { run: story.run });
    const ended = (event: HostEvent): event is Extract<HostEvent, { type: 'run-state' }> =>
      event.type === 'run-state' && event.record.state === 'stopped';
    const { record } = await story.client.waitFor(ended);
    expect(record.report?.seconds).toBeLessThan((performance.now() - began) / 1000);
  });
});

describe.skipIf(noTraining || noWindow)('in the window, a run', () => {
  const { place, start } = windows();

  it('whose computer sleeps trains on when it wakes, and nothing is said of an engine that does not answer', async () => {
    const { root, env } = place();
    writeFileSync(path.join(root, 'long.axon'), saveText(longMoons()));
    const application = await start(root, { ...env, ...limits });
    const browser = await openBrowser();
    try {
      const { page, problems } = await openWindow(browser, application.address);
      await page.locator('.react-flow__node').first().waitFor();
      await openFile(page, 'long.axon');
      await page.locator('.project-menu', { hasText: 'long' }).waitFor();
      await page.keyboard.press('Control+Enter');
      const training = page.getByRole('status').filter({ hasText: 'Training, run 1' });
      await training.waitFor({ timeout: 60_000 });
      await expect.poll(() => rows(page)).toBeGreaterThan(0);
      const host = application.process.pid ?? -1;
      const engines = enginesOf(host);
      await halt(SLEPT_SECONDS, ...engines, host);
      const before = await rows(page);
      await expect.poll(() => rows(page)).toBeGreaterThan(before);
      await training.waitFor();
      expect(await page.getByText('The engine does not answer').count()).toBe(0);
      expect(enginesOf(host)).toEqual(engines);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 90_000);
});
