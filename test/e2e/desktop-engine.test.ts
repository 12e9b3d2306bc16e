/** What a person is told when the engine of the desktop application is killed, hangs or finds no memory, and how it goes on. */
import { spawnSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacks, nativeReady } from '../environment';
import { answerWith, Computer, editEpochs, noDesktop, quit, type Desktop } from './desktop-application';

const skip = noDesktop || lacks('the native engine', nativeReady) || process.platform !== 'linux';

describe.skipIf(skip)('a run whose engine', () => {
  const computer = new Computer();
  let desktop: Desktop;
  let page: Page;
  beforeAll(async () => {
    desktop = await computer.start();
    page = desktop.page;
    await page.locator('.react-flow__node').first().waitFor();
    await editEpochs(page, 200);
    await page.keyboard.press('Control+Enter');
    await training();
  });
  afterAll(() => computer.remove(desktop));

  const training = () =>
    page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
  const card = (title: string) => page.getByRole('alert').filter({ hasText: title });
  const figure = () => page.locator('.run-progress').innerText();

  /** The engine that trains is the one that was started last. */
  const engine = () =>
    desktop.app.evaluate(({ app }) => {
      const engines = app
        .getAppMetrics()
        .filter(({ serviceName, name }) =>
          [serviceName, name].some((text) => text?.includes('Axonry engine')),
        );
      return engines.sort((a, b) => b.creationTime - a.creationTime)[0].pid;
    });

  async function goesOn(): Promise<void> {
    await page.getByRole('button', { name: 'Continue' }).first().click();
    await training();
    const before = await figure();
    await expect.poll(figure).not.toBe(before);
  }

  it('is killed says by what, at once, and goes on from its last epoch', async () => {
    const pid = await engine();
    const killed = Date.now();
    process.kill(pid, 'SIGKILL');
    await card('The engine ended unexpectedly').waitFor();
    console.info(`engine killed, told after ${Date.now() - killed} ms`);
    expect(await card('The engine ended unexpectedly').innerText()).toContain('signal SIGKILL');
    await goesOn();
  });

  it('hangs is noticed, and goes on when it is woken', async () => {
    const pid = await engine();
    const stopped = Date.now();
    process.kill(pid, 'SIGSTOP');
    await card('The engine does not answer').waitFor();
    console.info(`engine hangs, told after ${Date.now() - stopped} ms`);
    process.kill(pid, 'SIGCONT');
    await card('The engine does not answer').waitFor({ state: 'hidden' });
    await training();
  });

  it('hangs can be stopped, and continued', async () => {
    process.kill(await engine(), 'SIGSTOP');
    await card('The engine does not answer').waitFor();
    await page.getByRole('button', { name: 'Stop and keep best' }).click();
    await card('The engine ended unexpectedly').waitFor();
    expect(await card('The engine ended unexpectedly').innerText()).toContain('did not answer');
    await goesOn();
  });

  it('finds no memory says so, and can be continued', async () => {
    const pid = await engine();
    // From now on the system gives it no memory more.
    const limited = spawnSync('prlimit', ['--pid', String(pid), '--as=1', '--data=1']);
    expect(limited.status).toBe(0);
    const told = card('The engine ended unexpectedly').or(card('The run could not go on'));
    await told.waitFor({ timeout: 60_000 });
    console.info((await told.innerText()).replace(/\s+/g, ' '));
    expect(await told.innerText()).toMatch(/memory/);
    await goesOn();
  });

  it('ends with the application, and leaves no process', async () => {
    await answerWith(desktop.app, 1);
    await quit(desktop);
    await expect.poll(() => computer.leftProcesses()).toEqual([]);
  });
});
