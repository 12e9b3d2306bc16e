// `node scripts/smoke.mjs`: starts the packaged application in release/ on this system, sees its window, and ends it
// again. Without a driver: the package keeps its doors shut, so its window is reached through Chromium's own.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const release = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../release'));

/** `linux-unpacked/axonry`, `win-unpacked/Axonry.exe`, `mac-arm64/Axonry.app/Contents/MacOS/Axonry`. */
function executable() {
  const names = { linux: 'axonry', win32: 'Axonry.exe', darwin: 'Axonry.app/Contents/MacOS/Axonry' };
  const folders = readdirSync(release).map((name) => path.join(release, name, names[process.platform]));
  return folders.find((file) => existsSync(file));
}

const program = executable();
if (!program) {
  console.error(`There is no packaged application in ${release}. Run "npm run package" first.`);
  process.exit(1);
}
const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-smoke-'));
const wrapped =
  process.platform === 'linux' && !process.env.DISPLAY ? ['xvfb-run', '-a', program] : [program];
const child = spawn(wrapped[0], [...wrapped.slice(1), '--no-sandbox', '--remote-debugging-port=0'], {
  env: { ...process.env, AXONRY_DATA: path.join(folder, 'data'), AXONRY_CACHE: path.join(folder, 'cache') },
  stdio: ['ignore', 'ignore', 'pipe'],
});
const ended = new Promise((resolve) => child.once('exit', resolve));

const address = await new Promise((resolve, reject) => {
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += chunk;
    const found = /DevTools listening on (ws:\S+)/.exec(words);
    if (found) resolve(found[1]);
  });
  child.once('exit', (code) => reject(new Error(`The application ended with ${code}: ${words}`)));
});
const browser = await chromium.connectOverCDP(address);
const [context] = browser.contexts();
const page = context.pages()[0] ?? (await context.waitForEvent('page'));
await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 });
await page.keyboard.press('Control+Enter');
await page
  .getByRole('status')
  .filter({ hasText: /Training|Finished/ })
  .waitFor({ timeout: 180_000 });
console.log(`${path.basename(program)} shows an example and trains it.`);
await browser.close();
child.kill();
await ended;
rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
process.exit(0);
