/** The desktop application in a real Electron on the real engine: what a person does with it, and what it refuses. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { desktopRuntime, displayServer, startDisplay, type Display } from '../desktop-runtime';
import { lacks, nativeReady } from '../environment';
import { Canvas } from './canvas';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry desktop '));
const project = path.resolve(import.meta.dirname, '../..');
const file = path.join(folder, 'digits.axon');
const skip =
  lacks('an Electron', desktopRuntime !== null) ||
  lacks('Xvfb', displayServer !== null) ||
  lacks('the native engine', nativeReady);
// A container runs tests as root, where Chromium's own sandbox is not to be had.
const FLAGS = ['--no-sandbox', '--disable-gpu'];

interface Desktop {
  app: ElectronApplication;
  page: Page;
  problems: string[];
  child: ChildProcess;
}

function environment(display: Display): Record<string, string> {
  const env = {
    ...process.env,
    DISPLAY: display.name,
    AXONRY_DATA: path.join(folder, 'data'),
    INIT_CWD: folder,
  };
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function start(display: Display, ...args: string[]): Promise<Desktop> {
  const app = await _electron.launch({
    executablePath: desktopRuntime?.electron,
    args: [...FLAGS, '.', ...args],
    cwd: project,
    env: environment(display),
  });
  const page = await app.firstWindow();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.locator('.top').waitFor();
  return { app, page, problems, child: app.process() };
}

/** Processes that belong to this test's application: their arguments name its folder. */
function leftProcesses(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ');
      } catch {
        return '';
      }
    })
    .filter((command) => command.includes(path.join(folder, 'data')));
}

/** The window's own processes write until they have ended, so their folder can be removed only then. */
async function endAtOnce(desktop: Desktop | undefined, display: Display | undefined): Promise<void> {
  desktop?.child.kill('SIGKILL');
  await vi.waitUntil(() => leftProcesses().length === 0, { timeout: 20_000 });
  display?.close();
}

/** Questions of the application are answered with this button, as by a person: not before the dialog has been shown. */
const answerWith = (app: ElectronApplication, response: number): Promise<void> =>
  app.evaluate(({ dialog }, button) => {
    dialog.showMessageBox = () =>
      new Promise((resolve) => setImmediate(() => resolve({ response: button, checkboxChecked: false })));
  }, response);

const windowCount = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

const ended = (app: ElectronApplication): Promise<void> =>
  new Promise((resolve) => app.once('close', () => resolve()));

describe.skipIf(skip)('the desktop application', () => {
  let display: Display;
  let desktop: Desktop;

  beforeAll(async () => {
    display = await startDisplay();
    desktop = await start(display);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await desktop.page
        .screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-desktop.png') })
        .catch(() => undefined);
  });
  afterAll(() => endAtOnce(desktop, display));

  it('opens the handwritten digits example', async () => {
    await expect.poll(() => desktop.page.locator('.react-flow__node').count()).toBeGreaterThan(10);
    expect(await desktop.page.title()).toContain('Handwritten digits');
    expect(desktop.page.url()).toBe('axonry://window/index.html');
  });

  it('trains it in a utility process and shows a mistaken digit', async () => {
    const { page } = desktop;
    await new Canvas(page).select('train');
    await page.getByLabel('epochs', { exact: true }).fill('1');
    await page.getByLabel('epochs', { exact: true }).press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'See the mistakes' }).click();
    await page.locator('.matrix [aria-label]').first().waitFor();
    const name = await page.locator('.matrix [aria-label]').evaluateAll((cells) => {
      const names = cells.map((element) => element.getAttribute('aria-label') ?? '');
      return names.find((text) => /^(\d) read as (?!\1)\d: [1-9]/.test(text)) ?? '';
    });
    const [, truth, predicted] = /^(\d) read as (\d)/.exec(name) ?? [];
    await page.locator(`[aria-label="${name}"]`).click();
    await page.locator('.samples canvas').first().waitFor();
    await expect
      .poll(() => page.locator('main').innerText())
      .toContain(`True ${truth}, predicted ${predicted}`);
  });

  it("saves where the system's dialog says, its runs beside it", async () => {
    const { app, page } = desktop;
    await app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
      },
      path.join(folder, 'digits'),
    );
    await page.keyboard.press('Control+s');
    await expect.poll(() => existsSync(file)).toBe(true);
    await expect.poll(() => existsSync(path.join(folder, 'digits.runs', 'run-0001', 'run.json'))).toBe(true);
    await expect.poll(() => page.title()).toContain('digits');
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
    const { app, problems } = desktop;
    await answerWith(app, 0);
    const end = ended(app);
    await app.evaluate(({ app: application }) => application.quit());
    await end;
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { blocks: Record<string, { params: object }> };
    expect(saved.blocks.train.params).toMatchObject({ epochs: 2 });
    await expect.poll(leftProcesses).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('opens a file that it is started with, and finds its run', async () => {
    desktop = await start(display, 'digits.axon');
    await expect.poll(() => desktop.page.title()).toBe('digits – Axonry');
    await desktop.page.getByRole('tab', { name: 'Train' }).click();
    await desktop.page.getByRole('status').filter({ hasText: 'Finished, run 1' }).waitFor();
  });

  it('is one application: a second start hands its file over and ends', async () => {
    const second = spawn(desktopRuntime?.electron ?? '', [...FLAGS, '.', file], {
      cwd: project,
      env: environment(display),
      stdio: 'ignore',
    });
    const code = await new Promise((resolve) => second.once('exit', resolve));
    expect(code).toBe(0);
    // The file is open already: its window comes to the front, none is added.
    expect(await windowCount(desktop.app)).toBe(1);
  });

  it('tells what ended when an engine is killed, and goes on', async () => {
    const { app, page } = desktop;
    await page.getByRole('tab', { name: 'Build' }).click();
    await new Canvas(page).select('train');
    await page.getByLabel('epochs', { exact: true }).fill('200');
    await page.getByLabel('epochs', { exact: true }).press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
    const killed = await app.evaluate(({ app: application }) => {
      const engines = application
        .getAppMetrics()
        .filter(({ serviceName, name }) =>
          [serviceName, name].some((text) => text?.includes('Axonry engine')),
        );
      // The engine that trains is the one that was started last.
      const [latest] = engines.sort((a, b) => b.creationTime - a.creationTime);
      process.kill(latest.pid, 'SIGKILL');
      return engines.length;
    });
    const seen = Date.now();
    expect(killed).toBeGreaterThan(0);
    const card = page.getByRole('alert').filter({ hasText: 'The engine ended unexpectedly' });
    await card.waitFor({ timeout: 10_000 });
    expect(await card.innerText()).toContain('signal SIGKILL');
    console.info(`engine killed, told after ${Date.now() - seen} ms`);
  });

  it('ends with a run in progress, and leaves no process', async () => {
    const { app, page } = desktop;
    await answerWith(app, 1);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 60_000 });
    const end = ended(app);
    await app.evaluate(({ app: application }) => application.quit());
    await end;
    await expect.poll(leftProcesses).toEqual([]);
  });
});

describe.skipIf(skip)('a page that was taken over', () => {
  let display: Display;
  let desktop: Desktop;

  beforeAll(async () => {
    display = await startDisplay();
    desktop = await start(display);
  });
  afterAll(async () => {
    await endAtOnce(desktop, display);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  it('refuses requests of a page that is not its own', async () => {
    const preload = path.join(project, 'out/main/preload.cjs');
    const answers = await desktop.app.evaluate(async ({ BrowserWindow }, script) => {
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: script,
          sandbox: true,
          additionalArguments: ['--axonry-host-methods=about', '--axonry-desktop-methods=opening'],
        },
      });
      await foreign.loadURL('data:text/html,<p>elsewhere');
      const codes: unknown = await foreign.webContents.executeJavaScript(
        'Promise.all([axonry.about({}), axonryDesktop.opening({})]).then((all) => all.map((one) => one.problem.code))',
      );
      foreign.destroy();
      return codes;
    }, preload);
    expect(answers).toEqual(['api/foreign-sender', 'api/foreign-sender']);
  });

  it('refuses files that no person has chosen', async () => {
    const codes = await desktop.page.evaluate(async () => {
      const api = window.axonry;
      if (!api) throw new Error('There is no bridge.');
      const answers = await Promise.all([
        api.openProject({ path: '/etc/passwd' }),
        api.exportRun({ run: 'x', format: 'tfjs', path: '/tmp/anywhere' }),
        api.browse({ path: '/' }),
      ]);
      return answers.map((answer) => (answer.ok ? 'answered' : answer.problem.code));
    });
    expect(codes).toEqual(['file/not-chosen', 'file/not-chosen', 'file/no-listing']);
  });

  it('leaves its page for no other', async () => {
    const prevented = desktop.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) =>
          BrowserWindow.getAllWindows()[0].webContents.once('will-navigate', (event) =>
            resolve(event.defaultPrevented),
          ),
        ),
    );
    await desktop.page.evaluate(() => void (window.location.href = 'https://example.com/'));
    expect(await prevented).toBe(true);
    expect(desktop.page.url()).toBe('axonry://window/index.html');
  });

  it('opens no window for a page', async () => {
    const before = await windowCount(desktop.app);
    expect(await desktop.page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    expect(await windowCount(desktop.app)).toBe(before);
  });

  it('gives a page no camera, no place, no code from text and nothing of Node', async () => {
    const found = await desktop.page.evaluate(async () => {
      const refused = (promise: Promise<unknown>) =>
        promise.then(
          () => 'allowed',
          (error: Error) => error.name,
        );
      const fromText = () => {
        const script = document.createElement('script');
        script.textContent = 'window.ranFromText = true';
        document.body.append(script);
        return 'ranFromText' in window ? 'ran' : 'refused';
      };
      return {
        camera: (await navigator.permissions.query({ name: 'camera' })).state,
        place: (await navigator.permissions.query({ name: 'geolocation' })).state,
        notifications: await Notification.requestPermission(),
        network: await refused(fetch('https://example.com/')),
        code: fromText(),
        node: ['require', 'process', 'module'].filter((name) => name in window),
      };
    });
    expect(found).toEqual({
      camera: 'denied',
      place: 'denied',
      notifications: 'denied',
      network: 'TypeError',
      code: 'refused',
      node: [],
    });
  });

  it('serves its own files only', async () => {
    const states = await desktop.page.evaluate(() =>
      Promise.all(
        ['/index.html', '/%2e%2e/main/main.cjs', '/..%2fmain%2fmain.cjs', '/nothing.js'].map((name) =>
          fetch(name).then((answer) => answer.status),
        ),
      ),
    );
    expect(states).toEqual([200, 404, 404, 404]);
  });
});
