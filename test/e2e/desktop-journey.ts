/** What a person does with the desktop application from the first start to the next day, whatever form it is installed in. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopRuntime } from '../desktop-runtime';
import { lacks, nativeReady } from '../environment';
import { Canvas } from './canvas';
import {
  answerWith,
  Computer,
  editEpochs,
  failedPicture,
  FLAGS,
  noDesktop,
  projectFolder,
  quit,
  saveTo,
  windowCount,
  type Desktop,
} from './desktop-application';

export interface Installed {
  /** null: the project's folder with the Electron of the tests. */
  executable: string | null;
  env?: Record<string, string>;
}

export const noJourney = noDesktop || lacks('the native engine', nativeReady);

export function journey(name: string, install: () => Promise<Installed>): void {
  describe.skipIf(noJourney)(name, () => {
    const computer = new Computer();
    const file = path.join(computer.folder, 'digits.axon');
    let installed: Installed;
    let desktop: Desktop;

    const start = (...args: string[]): Promise<Desktop> =>
      computer.start({
        args,
        ...(installed.env ? { env: installed.env } : {}),
        ...(installed.executable === null ? {} : { executable: installed.executable }),
      });

    beforeAll(async () => {
      installed = await install();
      desktop = await start();
    }, 600_000);
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail')
        await desktop.page.screenshot({ path: failedPicture }).catch(() => undefined);
    });
    afterAll(() => computer.remove(desktop));

    it('opens the handwritten digits example', async () => {
      await expect.poll(() => desktop.page.locator('.react-flow__node').count()).toBeGreaterThan(10);
      expect(await desktop.page.title()).toContain('Handwritten digits');
      expect(desktop.page.url()).toBe('axonry://window/index.html');
    });

    it('trains it in a utility process and shows a mistaken digit', async () => {
      const { page } = desktop;
      await editEpochs(page, 1);
      await page.keyboard.press('Control+Enter');
      await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 180_000 });
      await page.getByRole('button', { name: 'See the mistakes' }).click();
      await page.locator('.matrix [aria-label]').first().waitFor();
      const cell = await page.locator('.matrix [aria-label]').evaluateAll((cells) => {
        const names = cells.map((element) => element.getAttribute('aria-label') ?? '');
        return names.find((text) => /^(\d) read as (?!\1)\d: [1-9]/.test(text)) ?? '';
      });
      const [, truth, predicted] = /^(\d) read as (\d)/.exec(cell) ?? [];
      await page.locator(`[aria-label="${cell}"]`).click();
      await page.locator('.samples canvas').first().waitFor();
      await expect
        .poll(() => page.locator('main').innerText())
        .toContain(`True ${truth}, predicted ${predicted}`);
    }, 240_000);

    it("saves where the system's dialog says, its runs beside it", async () => {
      const { app, page } = desktop;
      await saveTo(app, path.join(computer.folder, 'digits'));
      await page.keyboard.press('Control+s');
      await expect.poll(() => existsSync(file)).toBe(true);
      await expect
        .poll(() => existsSync(path.join(computer.folder, 'digits.runs', 'run-0001', 'run.json')))
        .toBe(true);
      await expect.poll(() => page.title()).toContain('digits');
    });

    it('asks once, and not twice, before another file is replaced', async () => {
      const { app, page } = desktop;
      const other = path.join(computer.folder, 'other.axon');
      writeFileSync(other, 'what was there before');
      // Without its extension the system's dialog did not see that it is there.
      await saveTo(app, path.join(computer.folder, 'other'));
      await page.keyboard.press('Control+Shift+s');
      await page.getByRole('dialog').getByRole('button', { name: 'Do not save' }).click();
      expect(readFileSync(other, 'utf8')).toBe('what was there before');
      // With it the system has asked already.
      for (const place of [other, file]) {
        await saveTo(app, place);
        await page.keyboard.press('Control+Shift+s');
        await expect.poll(() => page.title()).toBe(`${path.basename(place, '.axon')} – Axonry`);
      }
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(readFileSync(other, 'utf8')).toContain('"axonry');
    });

    it('asks before a window closes with unsaved changes, and stays when told so', async () => {
      const { app, page } = desktop;
      await page.getByRole('tab', { name: 'Build' }).click();
      await new Canvas(page).select('train');
      await page.getByLabel('epochs', { exact: true }).fill('2');
      await page.getByLabel('epochs', { exact: true }).press('Enter');
      await expect.poll(() => page.locator('.saved-state').innerText()).toContain('Edited');
      const asked = app.evaluate(
        ({ app: application, dialog }) =>
          new Promise<string>((resolve) => {
            dialog.showMessageBox = (...args: unknown[]) => {
              resolve((args[args.length - 1] as { message: string }).message);
              return Promise.resolve({ response: 2, checkboxChecked: false });
            };
            application.quit();
          }),
      );
      expect(await asked).toBe('Save the changes to digits?');
      expect(await windowCount(app)).toBe(1);
    });

    it('saves when the answer is Save, ends, and leaves no process', async () => {
      await answerWith(desktop.app, 0);
      await quit(desktop);
      const saved = JSON.parse(readFileSync(file, 'utf8')) as { blocks: Record<string, { params: object }> };
      expect(saved.blocks.train.params).toMatchObject({ epochs: 2 });
      await expect.poll(() => computer.leftProcesses()).toEqual([]);
      expect(desktop.problems).toEqual([]);
    });

    it('opens a file that it is started with, and finds its run', async () => {
      desktop = await start('digits.axon');
      await expect.poll(() => desktop.page.title()).toBe('digits – Axonry');
      await desktop.page.getByRole('tab', { name: 'Train' }).click();
      await desktop.page.getByRole('status').filter({ hasText: 'Finished, run 1' }).waitFor();
    });

    it('is one application: a second start hands its file over and ends', async () => {
      const [program, args] =
        installed.executable === null
          ? [desktopRuntime?.electron ?? '', [...FLAGS, '.', file]]
          : [installed.executable, [...FLAGS, file]];
      const second = spawn(program, args, {
        cwd: installed.executable === null ? projectFolder : computer.folder,
        env: computer.environment(installed.env),
        stdio: 'ignore',
      });
      const code = await new Promise((resolve) => second.once('exit', resolve));
      expect(code).toBe(0);
      // The file is open already: its window comes to the front, none is added.
      expect(await windowCount(desktop.app)).toBe(1);
    });

    it('resumes a run that was broken off by quitting, and leaves no process', async () => {
      await editEpochs(desktop.page, 200);
      await desktop.page.keyboard.press('Control+s');
      await desktop.page.keyboard.press('Control+Enter');
      const training = () =>
        desktop.page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
      await training();
      await answerWith(desktop.app, 1);
      await quit(desktop);
      await expect.poll(() => computer.leftProcesses()).toEqual([]);
      desktop = await start(file);
      await desktop.page.getByRole('tab', { name: 'Train' }).click();
      await desktop.page.getByRole('button', { name: 'Continue' }).first().click();
      await training();
      await answerWith(desktop.app, 1);
      await quit(desktop);
      await expect.poll(() => computer.leftProcesses()).toEqual([]);
    });
  });
}
