/** A first start without TensorFlow, in a real window: progress, cancel, retry, what went wrong, and the way that needs nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nativeFolder } from '../../electron/setup/locations';
import { openBrowser, openWindow, startApplication, type Application } from '../application';
import { chromium, lacks, nativeReady, noNetwork } from '../environment';
import { editEpochs } from './desktop-application';
import { officialArchives, startOfficialServer, type OfficialServer } from '../setup/official-server';

const skip =
  lacks('a Chromium', chromium !== null) ||
  lacks('the native engine', nativeReady) ||
  process.platform !== 'linux';

describe.skipIf(skip)('a window without an engine', () => {
  let browser: Browser;
  let folder: string;
  let application: Application | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'axonry setup '));
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await application?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function firstStart(env: Record<string, string>): Promise<Page> {
    application = await startApplication(folder, {
      AXONRY_DATA: path.join(folder, 'data'),
      AXONRY_CACHE: path.join(folder, 'cache'),
      AXONRY_NATIVE: '',
      ...env,
    });
    const { page } = await openWindow(browser, application.address);
    await page.locator('.react-flow__node').first().waitFor();
    return page;
  }
  const run = (page: Page) => page.keyboard.press('Control+Enter');
  const banner = (page: Page) => page.locator('.setup-banner');

  it('without a network says what failed and what to do, and may be tried again', async () => {
    const page = await firstStart(noNetwork);
    await run(page);
    await banner(page).getByText('Check the network').waitFor({ timeout: 60_000 });
    expect(await banner(page).innerText()).not.toMatch(/\bat .*:\d+:\d+|undefined/);
    await banner(page).getByRole('button', { name: 'Prepare the engine again' }).click();
    await banner(page).getByRole('button', { name: 'Cancel' }).waitFor();
  }, 120_000);

  it('trains on WebAssembly, convolutions too, and says that this is slower', async () => {
    const page = await firstStart(noNetwork);
    await run(page);
    await banner(page).getByText('Check the network').waitFor({ timeout: 60_000 });
    await banner(page).getByRole('button', { name: 'Ways to get the engine' }).click();
    await page.getByRole('menuitem', { name: /Train without it/ }).click();
    await banner(page).getByText('many times slower').waitFor();
    await page.getByLabel(/Where training runs: .+, WebAssembly/).first().waitFor(); // prettier-ignore
    await editEpochs(page, 1);
    await run(page);
    await page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Stop' }).first().click();
    await page.getByRole('status').filter({ hasText: 'Stopped' }).waitFor({ timeout: 60_000 });
  }, 240_000);

  describe('while files come', () => {
    let server: OfficialServer;
    beforeAll(async () => {
      const work = mkdtempSync(path.join(os.tmpdir(), 'axonry-files-'));
      server = await startOfficialServer(officialArchives(nativeFolder(), work), nativeFolder());
    });
    afterAll(() => server.close());

    it('shows how far it is, is cancelled at once, and is tried again', async () => {
      server.behave('stall-halfway');
      const page = await firstStart(server.environment);
      await run(page);
      const bar = page.getByRole('progressbar', { name: 'Preparing the engine' });
      await bar.waitFor({ timeout: 60_000 });
      expect(await banner(page).innerText()).toMatch(/\d.* of \d/);
      await banner(page).getByRole('button', { name: 'Cancel' }).click();
      await banner(page).getByText('was cancelled').waitFor({ timeout: 10_000 });
      server.behave('serve');
      await banner(page).getByRole('button', { name: 'Prepare the engine again' }).click();
      await expect.poll(() => banner(page).count(), { timeout: 60_000 }).toBe(0);
      await page
        .getByLabel(/Where training runs: TensorFlow/)
        .first()
        .waitFor();
    }, 120_000);
  });
});
