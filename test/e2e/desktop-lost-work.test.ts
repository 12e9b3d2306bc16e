/** Whatever ends the desktop application or a part of it: what was not saved comes back, and no process is left. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lacks, nativeReady } from '../environment';
import {
  answerWith,
  Computer,
  editEpochs,
  exited,
  failedPicture,
  noDesktop,
  quit,
  saveTo,
  windowCount,
  type Desktop,
} from './desktop-application';

const skip = noDesktop || lacks('the native engine', nativeReady);

let computer: Computer;
let desktop: Desktop;
beforeEach(async () => {
  computer = new Computer();
  desktop = await computer.start();
  await desktop.page.locator('.react-flow__node').first().waitFor();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desktop.page.screenshot({ path: failedPicture }).catch(() => undefined);
  await computer.remove(desktop);
});

const savedState = (page: Page) => page.locator('.saved-state').innerText();
const copyIsKept = (page: Page) => expect.poll(() => savedState(page)).toContain('copy kept');
const epochsOf = (page: Page) => page.getByLabel('epochs', { exact: true }).inputValue();
const cameBack = (page: Page) => page.getByText('Axonry ended before this was saved');

async function showEpochs(page: Page): Promise<string> {
  await page.locator('.react-flow__node[data-id="train"]').click();
  return epochsOf(page);
}

async function kill(): Promise<void> {
  const end = exited(desktop);
  desktop.child.kill('SIGKILL');
  await end;
}

async function again(): Promise<Page> {
  desktop = await computer.start();
  return desktop.page;
}

async function train(page: Page, epochs: number): Promise<void> {
  await editEpochs(page, epochs);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
}

describe.skipIf(skip)('unsaved work comes back by itself', () => {
  it('after the application was killed: each project in its window, with a word about it', async () => {
    const { app, page } = desktop;
    const file = path.join(computer.folder, 'digits.axon');
    await saveTo(app, file);
    await page.keyboard.press('Control+s');
    await expect.poll(() => page.title()).toBe('digits – Axonry');
    const saved = readFileSync(file, 'utf8');
    await editEpochs(page, 7);
    await copyIsKept(page);
    const opening = app.waitForEvent('window');
    await app.evaluate(({ Menu }) => {
      const [menu] = (Menu.getApplicationMenu()?.items ?? []).filter(({ label }) => label === '&File');
      menu.submenu?.items.find(({ label }) => label === 'New Window')?.click();
    });
    const second = await opening;
    await second.getByRole('button', { name: /moons/i }).first().click();
    await editEpochs(second, 9);
    await copyIsKept(second);

    await kill();
    await again();
    await expect.poll(() => windowCount(desktop.app)).toBe(2);
    const windows = desktop.app.windows();
    for (const window of windows) await cameBack(window).waitFor();
    const titles = await Promise.all(windows.map((window) => window.title()));
    const digits = windows[titles.indexOf('digits – Axonry')];
    const moons = windows[1 - titles.indexOf('digits – Axonry')];
    expect(await showEpochs(digits)).toBe('7');
    expect(await showEpochs(moons)).toBe('9');
    // Nothing was written into the file meanwhile, and saving writes what came back.
    expect(readFileSync(file, 'utf8')).toBe(saved);
    await digits.getByRole('button', { name: 'Keep it' }).click();
    expect(await savedState(digits)).toContain('Edited');
    await digits.keyboard.press('Control+s');
    await expect.poll(() => savedState(digits)).toContain('Saved');
    expect(readFileSync(file, 'utf8')).toContain('"epochs": 7');
    // What is discarded does not come back.
    await moons.getByRole('button', { name: 'Discard it' }).click();
    await moons.getByRole('heading', { name: 'Start a network' }).waitFor();
    await quit(desktop);
    const page3 = await again();
    expect(await windowCount(desktop.app)).toBe(1);
    await page3.getByRole('heading', { name: 'Start a network' }).waitFor();
    expect(await page3.getByRole('region', { name: 'Unsaved work' }).count()).toBe(0);
  });

  it('when the changes to a file are discarded, the file is as it was', async () => {
    const { app, page } = desktop;
    await saveTo(app, path.join(computer.folder, 'digits.axon'));
    await editEpochs(page, 4);
    await page.keyboard.press('Control+s');
    await expect.poll(() => savedState(page)).toContain('Saved');
    await editEpochs(page, 7);
    await copyIsKept(page);
    await kill();
    const back = await again();
    await back.getByRole('button', { name: 'Discard it' }).click();
    await cameBack(back).waitFor({ state: 'hidden' });
    expect(await showEpochs(back)).toBe('4');
    expect(await savedState(back)).toContain('Saved');
  });

  it('of a project that was only trained, with its run, which can be continued', async () => {
    await train(desktop.page, 200);
    // An edit that is no more: only the run would be lost.
    await kill();
    await expect.poll(() => computer.leftProcesses()).toEqual([]);
    const page = await again();
    await cameBack(page).waitFor();
    await page.getByRole('tab', { name: 'Train' }).click();
    await page.getByRole('button', { name: 'Continue' }).first().click();
    await page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
  });

  it('after the system has ended the application politely: nobody is asked', async () => {
    await editEpochs(desktop.page, 11);
    const end = exited(desktop);
    // At once: the second after which a copy is kept has not passed.
    desktop.child.kill('SIGTERM');
    await end;
    await expect.poll(() => computer.leftProcesses()).toEqual([]);
    const page = await again();
    await cameBack(page).waitFor();
    expect(await showEpochs(page)).toBe('11');
  });

  it('when its window ends: it is loaded again, says so, and what trains goes on', async () => {
    const { app, page } = desktop;
    await train(page, 200);
    await editEpochs(page, 150);
    await copyIsKept(page);
    const seen = Date.now();
    await app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const { webContents } = BrowserWindow.getAllWindows()[0];
          webContents.once('did-finish-load', () => resolve());
          process.kill(webContents.getOSProcessId(), 'SIGKILL');
        }),
    );
    // The page of before is gone for the driver; the window is asked by its shell.
    const shown = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0].webContents.executeJavaScript('document.body.innerText'),
      );
    await expect.poll(shown).toContain('The window ended unexpectedly and was loaded again');
    console.info(`window killed, back after ${Date.now() - seen} ms`);
    expect(await shown()).toContain('Edited');
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(
        `[...document.querySelectorAll('[role=tab]')].find((tab) => tab.textContent.includes('Train')).click()`,
      ),
    );
    await expect.poll(shown).toMatch(/Training, run 1/);
    await answerWith(app, 1);
    await quit(desktop);
    await expect.poll(() => computer.leftProcesses()).toEqual([]);
  });
});

describe.skipIf(skip)('no process is left', () => {
  it('by quitting before anything has been opened', async () => {
    await quit(desktop);
    await again();
    // A start that has recents shows no project, so no engine runs.
    await quit(desktop);
    expect(computer.leftProcesses()).toEqual([]);
  });

  it('by killing the application while it trains', async () => {
    await train(desktop.page, 200);
    expect(computer.leftProcesses().length).toBeGreaterThan(3);
    await kill();
    await expect.poll(() => computer.leftProcesses(), { timeout: 5000 }).toEqual([]);
  });

  it('by closing the last window while it trains', async () => {
    const { app, page } = desktop;
    await train(page, 200);
    await answerWith(app, 1);
    const end = exited(desktop);
    void app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close()).catch(() => undefined);
    await end;
    await expect.poll(() => computer.leftProcesses()).toEqual([]);
  });
});
