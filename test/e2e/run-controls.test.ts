/** Steering a run in a real Chromium while the real engine trains: by button, by key, and what is said of it. */
import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromium, lacks, nativeReady } from '../environment';
import { moons } from '../host/hosted';
import { openProjectPage, type ProjectPage } from './project-page';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry run controls '));
const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);

describe.skipIf(skip)('a person steers a run that goes', () => {
  let opened: ProjectPage | undefined;
  let page: Page;

  const status = (words: string) => page.getByRole('status').filter({ hasText: words });
  const asked = () => page.getByLabel('What was asked for').innerText();
  const step = async (): Promise<number> => {
    const text = await page.locator('.run-progress').innerText();
    const [, epoch, of] = /Epoch (\d+)[\s\S]*step ([\d,]+) of/.exec(text) ?? [];
    return Number(epoch) * 1e6 + Number(of.replaceAll(',', ''));
  };

  beforeAll(async () => {
    const endless = moons({ epochs: 1_000_000, count: 20_000, batch_size: 4 });
    opened = await openProjectPage(folder, 'moons', endless);
    ({ page } = opened);
    await page.keyboard.press('Control+Enter');
    await status('Training').waitFor({ timeout: 60_000 });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-controls.png') });
  });
  afterAll(() => opened?.close());

  it('pauses with P and lets one step through with S', async () => {
    await page.keyboard.press('p');
    await status('Paused').waitFor();
    const before = await step();
    await page.keyboard.press('s');
    await expect.poll(step).toBe(before + 1);
    await page.getByRole('button', { name: 'One step' }).click();
    await expect.poll(step).toBe(before + 2);
    await status('Paused').waitFor();
  });

  it('says the figures of the weights of now', async () => {
    await page.keyboard.press('e');
    await expect.poll(asked).toMatch(/Step [\d,]+: loss [\d.e-]+, .*on 2,000 validation samples\./);
  });

  it('keeps a snapshot that lies in the run’s folder', async () => {
    await page.getByRole('button', { name: 'Keep a snapshot' }).click();
    await expect.poll(asked).toMatch(/kept as step-\d{8}\.safetensors/);
    const [name] = /step-\d{8}\.safetensors/.exec(await asked()) ?? [];
    expect(existsSync(path.join(folder, 'moons.runs', 'run-0001', 'checkpoints', String(name)))).toBe(true);
  });

  it('changes the learning rate from the next step on, and refuses one that is none', async () => {
    await page.keyboard.press('l');
    await page.keyboard.type('-1');
    await page.getByText('A learning rate is a number above 0').waitFor();
    expect(await page.getByRole('button', { name: 'Change' }).isDisabled()).toBe(true);
    await page.getByLabel('Learning rate').fill('0.00025');
    await page.keyboard.press('Enter');
    await expect.poll(asked).toContain('learning rate 0.00025');
    await page.getByRole('button', { name: 'One step' }).focus();
    await page.keyboard.press('s');
    await expect.poll(() => page.getByLabel('Learning rate').inputValue()).toBe('0.00025');
  });

  it('shows on the canvas where the time of a step goes', async () => {
    await page.getByRole('button', { name: 'Profile' }).click();
    await page.getByLabel('What the tint means').filter({ hasText: 'forward and backward' }).waitFor();
    const dense = page.locator('.react-flow__node[data-id=dense]');
    await expect.poll(() => dense.innerText()).toMatch(/[\d.]+\u2009ms \(\d+ %\)/);
    await page.getByRole('button', { name: 'Cost' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('w');
    await expect.poll(() => dense.innerText()).toContain('24 (73 %)');
    await page.getByRole('tab', { name: 'Train' }).click();
  });

  it('goes on with P, and stops with what was best', async () => {
    await page.keyboard.press('p');
    await status('Training').waitFor();
    await page.getByRole('button', { name: 'Stop and keep best' }).click();
    await status('Stopped').waitFor();
    await page.getByText('Asked for while it trained').waitFor();
    expect(await page.getByRole('button', { name: 'One step' }).count()).toBe(0);
  });

  it('trains on from the snapshot in a run of its own', async () => {
    await page.getByRole('button', { name: 'Train on from here' }).click();
    await status('Training, run 2').waitFor();
    await page.getByText('goes on from run 1').waitFor();
    await expect.poll(step).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Stop and keep best' }).click();
    await status('Stopped, run 2').waitFor();
  });
});
