/** What is killed while it works, engine or application: it is told in a sentence, and nothing saved is lost. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveText } from '../../shared/document/load';
import type { HostEvent } from '../../shared/protocol/host-api';
import { HostClient, openBrowser, openWindow, type Application } from '../application';
import { Canvas } from './canvas';
import { enginesOf, isAlive } from './engines';
import { alert, longMoons, noTraining, noWindow, openFile, rows, stories } from './stories';

const { place, start } = stories();
const pidOf = ({ process: { pid } }: Application): number => pid ?? -1;

/** As the system ends a program that takes too much memory. */
async function kill(application: Application): Promise<void> {
  const ended = new Promise((resolve) => application.process.once('exit', resolve));
  application.process.kill('SIGKILL');
  await ended;
}

const epochs = (events: readonly HostEvent[]): number[] =>
  events.flatMap((event) =>
    event.type === 'run' && event.event.type === 'epoch' ? [event.event.epoch] : [],
  );
const hasEpoch = (least: number) => (event: HostEvent) =>
  event.type === 'run' && event.event.type === 'epoch' && event.event.epoch >= least;

describe.skipIf(noTraining)('through the socket', () => {
  it('an engine that is killed costs nothing but the time since the last checkpoint', async () => {
    const { root, env } = place();
    writeFileSync(path.join(root, 'long.axon'), saveText(longMoons()));
    const application = await start(root, env);
    const client = await HostClient.connect(application.address);
    const { project, document } = await client.need('openProject', { path: path.join(root, 'long.axon') });
    const { run } = await client.need('startRun', { project, document });
    await client.waitFor(hasEpoch(3));
    const [engine] = enginesOf(pidOf(application), 'train');
    process.kill(engine, 'SIGKILL');
    const killed = Date.now();
    const lost = await client.waitFor((event) => event.type === 'run-state' && event.record.state === 'lost');
    console.info(`engine killed, told after ${Date.now() - killed} ms`);
    const message = lost.type === 'run-state' ? (lost.record.message ?? '') : '';
    const [, kept] =
      /signal SIGKILL.* Everything up to epoch (\d+) is kept\. Continue the run to go on\./.exec(message) ??
      [];
    expect(Number(kept)).toBeGreaterThanOrEqual(3);
    const before = client.events.length;
    await client.need('continueRun', { run });
    await client.waitFor(hasEpoch(Number(kept) + 2));
    expect(epochs(client.events.slice(before))[0]).toBe(Number(kept) + 1);
    await client.need('stopRun', { run });
    await client.waitFor((event) => event.type === 'run-state' && event.record.state === 'stopped');
    client.close();
  }, 60_000);

  it('an application that is killed leaves no engine behind; the next one offers the run and what was not saved', async () => {
    const { root, env } = place();
    const file = path.join(root, 'long.axon');
    writeFileSync(file, saveText(longMoons()));
    const saved = readFileSync(file, 'utf8');
    const first = await start(root, env);
    const client = await HostClient.connect(first.address);
    const { project, document } = await client.need('openProject', { path: file });
    const { run } = await client.need('startRun', { project, document });
    const edited = structuredClone(document);
    edited.blocks.dense.params.units = 9;
    await client.need('autosave', { project, document: edited });
    await client.waitFor(hasEpoch(2));
    const engines = enginesOf(pidOf(first));
    expect(engines.length).toBeGreaterThan(0);
    await kill(first);
    await expect.poll(() => engines.filter(isAlive), { timeout: 5000 }).toEqual([]);

    const second = await start(root, env);
    const again = await HostClient.connect(second.address);
    const [recovery] = (await again.need('start', {})).recoveries;
    expect(recovery.name).toBe('long');
    expect(readFileSync(file, 'utf8')).toBe(saved);
    const recovered = await again.need('openRecovery', { recovery: recovery.recovery });
    expect(recovered.document.blocks.dense.params.units).toBe(9);
    expect(recovered.path).toBe(file);
    const [record] = await again.need('listRuns', { project: recovered.project });
    expect(record).toMatchObject({ run, state: 'lost' });
    const [, kept] = /Everything up to epoch (\d+) is kept/.exec(record.message ?? '') ?? [];
    await again.need('continueRun', { run });
    await again.waitFor(hasEpoch(Number(kept) + 1));
    expect(epochs(again.events)[0]).toBe(Number(kept) + 1);
    again.close();
  }, 60_000);
});

describe.skipIf(noWindow || noTraining)('in the window', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('an engine that is killed is told at once, and Continue goes on from the checkpoint', async () => {
    const { root, env } = place();
    writeFileSync(path.join(root, 'long.axon'), saveText(longMoons()));
    const application = await start(root, env);
    const { page, problems } = await openWindow(browser, application.address);
    await page.locator('.react-flow__node').first().waitFor();
    await openFile(page, 'long.axon');
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(8);
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => rows(page), { timeout: 30_000 }).toBeGreaterThan(2);
    const [engine] = enginesOf(pidOf(application), 'train');
    process.kill(engine, 'SIGKILL');
    const killed = Date.now();
    await alert(page).filter({ hasText: 'The engine ended unexpectedly' }).waitFor();
    console.info(`engine killed, told after ${Date.now() - killed} ms`);
    await page.getByRole('status').filter({ hasText: 'Broken off, run 1' }).waitFor();
    const words = await alert(page).innerText();
    const [, kept] = /signal SIGKILL.*Everything up to epoch (\d+) is kept/.exec(words) ?? [];
    expect(words.match(/is kept/g)).toHaveLength(1);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('status').filter({ hasText: 'Training, run 1' }).waitFor();
    await expect.poll(() => rows(page), { timeout: 30_000 }).toBeGreaterThan(Number(kept) + 2);
    await page.getByRole('button', { name: 'Stop and keep best' }).click();
    await page.getByRole('status').filter({ hasText: 'Stopped, run 1' }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  }, 90_000);

  it('an application that is killed leaves the window with its drawing; the next window opens the copy and offers the run', async () => {
    const { root, env } = place();
    writeFileSync(path.join(root, 'long.axon'), saveText(longMoons()));
    const first = await start(root, env);
    const { page } = await openWindow(browser, first.address);
    await page.locator('.react-flow__node').first().waitFor();
    await openFile(page, 'long.axon');
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(8);
    const canvas = new Canvas(page);
    await canvas.select('dense');
    await page.getByLabel('units', { exact: true }).fill('9');
    await page.getByLabel('units', { exact: true }).press('Enter');
    await expect
      .poll(() => page.locator('.saved-state').innerText(), { timeout: 10_000 })
      .toContain('copy kept');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => rows(page), { timeout: 30_000 }).toBeGreaterThan(1);
    const engines = enginesOf(pidOf(first));
    await kill(first);
    await page.getByRole('status').filter({ hasText: 'The connection to Axonry is lost' }).waitFor();
    await expect.poll(() => engines.filter(isAlive), { timeout: 5000 }).toEqual([]);
    await page.context().close();

    const second = await start(root, env);
    const { page: next, problems } = await openWindow(browser, second.address);
    await next.getByText('Axonry ended before this was saved').waitFor();
    await expect.poll(() => new Canvas(next).block('dense').innerText()).toContain('9 units');
    await next
      .getByRole('tab', { name: 'Train' })
      .or(next.getByRole('button', { name: 'Train', exact: true }))
      .first()
      .click();
    await next.getByRole('status').filter({ hasText: 'Broken off, run 1' }).waitFor();
    await next.getByRole('button', { name: 'Continue' }).click();
    await next.getByRole('status').filter({ hasText: 'Training, run 1' }).waitFor({ timeout: 30_000 });
    expect(problems).toEqual([]);
    await next.context().close();
  }, 90_000);
});
