// `npm run screenshots`: trains the first example and photographs the four workspaces in both themes into
// docs/screenshots (not kept), and the README's picture into docs/screenshot.png.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runnerImport } from 'vite';
import { buildIfOlder } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { module } = await runnerImport(path.join(root, 'test/application.ts'), {
  configFile: false,
  logLevel: 'error',
});
const { openBrowser, openWindow, startApplication } = module;

buildIfOlder();
const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-screenshots-'));
const target = path.join(root, 'docs', 'screenshots');
mkdirSync(target, { recursive: true });
const application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
const browser = await openBrowser();

const { page } = await openWindow(browser, application.address, { theme: 'dark' });
const photograph = async (name, themes = ['dark', 'light']) => {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate((chosen) => {
      document.documentElement.classList.remove('dark', 'light');
      document.documentElement.classList.add(chosen);
      document.documentElement.setAttribute('data-mantine-color-scheme', chosen);
    }, theme);
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(target, `${name}-${theme}.png`) });
  }
};

try {
  await page.locator('.react-flow__node').first().waitFor();
  await page.waitForTimeout(1000);
  await photograph('build');
  await page.screenshot({ path: path.join(root, 'docs', 'screenshot.png') });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(20_000);
  await photograph('train');
  await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 600_000 });
  await page.getByRole('button', { name: 'See the mistakes' }).click();
  await page.locator('.samples canvas').first().waitFor();
  await photograph('examine');
  await page.locator('.top .mark').click();
  await page.getByText('What should the network do?').waitFor();
  await photograph('start');
  console.log(`Screenshots are in ${path.relative(process.cwd(), target)}.`);
} finally {
  await browser.close();
  await application.close();
  rmSync(folder, { recursive: true, force: true });
}
