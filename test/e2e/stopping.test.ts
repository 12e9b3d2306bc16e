/** A run that is asked to stop, in a real Chromium: it is said at once, survives a new window, and nothing is left out unsaid. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveText } from '../../shared/document/load';
import { openBrowser, openWindow, type Application } from '../application';
import { moons } from '../host/hosted';
import { enginesOf } from './engines';
import { noTraining, noWindow, openFile, stories } from './stories';

const { place, start } = stories();
/** Figures of so many samples take long enough to be stopped in. */
const MANY = 200_000;

/** Lets a halted process go on for a moment at a time until a sight is there, and leaves it halted: it cannot be past it unseen. */
async function goOnUntil(pid: number, sight: Locator): Promise<void> {
  while (!(await sight.isVisible())) {
    process.kill(pid, 'SIGCONT');
    await setTimeout(20);
    process.kill(pid, 'SIGSTOP');
    await setTimeout(200);
  }
}

describe.skipIf(noWindow || noTraining)('a run that is asked to stop', () => {
  let browser: Browser;
  let application: Application;
  let page: Page;
  let problems: string[];
  const status = (words: string) => page.getByRole('status').filter({ hasText: words });
  const engine = (): number => enginesOf(application.process.pid ?? -1, 'train')[0];

  beforeAll(async () => {
    browser = await openBrowser();
    const { root, env } = place();
    writeFileSync(path.join(root, 'many.axon'), saveText(moons({ epochs: 1000, count: MANY })));
    application = await start(root, env);
    ({ page, problems } = await openWindow(browser, application.address));
    await page.locator('.react-flow__node').first().waitFor();
    await openFile(page, 'many.axon');
    await page.locator('.project-menu', { hasText: 'many' }).waitFor();
  });
  afterAll(() => browser?.close());

  it('says so at once and in a new window, names what it keeps, and leaves out the rest when asked again', async () => {
    await page.keyboard.press('Control+Enter');
    await status('Training, run 1').waitFor({ timeout: 60_000 });
    await page.locator('.run-progress').filter({ hasText: 'step' }).waitFor();
    // An engine in the middle of a very long step hears nothing.
    const busy = engine();
    process.kill(busy, 'SIGSTOP');
    await page.getByRole('button', { name: 'Stop and keep best' }).click();
    await status('Stopping, run 1').waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Train' }).click();
    await status('Stopping, run 1').waitFor();
    await goOnUntil(busy, page.getByRole('progressbar', { name: 'Progress of the figures' }));
    await page.getByText(/Step [\d,]+ was the last/).waitFor();
    await page.getByText(/weights (of|from within) epoch \d+ kept, computing their figures/).waitFor();
    await page.getByRole('button', { name: 'Leave out the rest' }).click();
    process.kill(busy, 'SIGCONT');
    await status('Stopped, run 1').waitFor();
    await page.getByText(/had judged its weights on the .*training samples/).waitFor();

    await page.getByRole('button', { name: 'Compute them' }).click();
    await page.getByText('Not all figures are there').waitFor({ state: 'hidden', timeout: 60_000 });
    expect(problems).toEqual([]);
  }, 120_000);
});
