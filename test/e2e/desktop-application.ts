/** Starts the real desktop application on a display and folders of its own, and answers its dialogs as a person would. */
import { type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { vi } from 'vitest';
import { desktopRuntime, displayServer, startDisplay, type Display } from '../desktop-runtime';
import { lacks } from '../environment';
import { Canvas } from './canvas';

export const projectFolder = path.resolve(import.meta.dirname, '../..');
// A container runs tests as root, where Chromium's own sandbox is not to be had.
export const FLAGS = ['--no-sandbox', '--disable-gpu'];

export const noDesktop =
  lacks('an Electron', desktopRuntime !== null) || lacks('Xvfb', displayServer !== null);

export interface Desktop {
  app: ElectronApplication;
  /** Its first window. */
  page: Page;
  problems: string[];
  child: ChildProcess;
}

export interface StartOptions {
  args?: readonly string[];
  env?: Record<string, string>;
  /** A packaged application, instead of the project's folder. */
  executable?: string;
}

/** One person's computer: a display, a folder for projects and one for the application's data. */
export class Computer {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'axonry desktop '));
  readonly data = path.join(this.folder, 'data');
  private display: Display | null = null;

  environment(env: Record<string, string> = {}): Record<string, string> {
    const all = {
      ...process.env,
      DISPLAY: this.display?.name,
      AXONRY_DATA: this.data,
      INIT_CWD: this.folder,
      ...env,
    };
    return Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  }

  async start({ args = [], env = {}, executable }: StartOptions = {}): Promise<Desktop> {
    this.display ??= await startDisplay();
    const app = await _electron.launch({
      executablePath: executable ?? desktopRuntime?.electron,
      args: [...FLAGS, ...(executable ? [] : ['.']), ...args],
      cwd: executable ? this.folder : projectFolder,
      env: this.environment(env),
    });
    const problems: string[] = [];
    app.on('window', (page) => page.on('pageerror', (error) => problems.push(error.message)));
    const page = await app.firstWindow();
    await page.locator('.top').waitFor();
    return { app, page, problems, child: app.process() };
  }

  /** Command lines of every process of the application that still lives: they name its data folder. */
  leftProcesses(): string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ');
        } catch {
          return '';
        }
      })
      .filter((command) => command.includes(this.data));
  }

  /** The window's own processes write until they have ended, so their folder can be removed only then. */
  async remove(desktop: Desktop | undefined): Promise<void> {
    if (desktop?.child.exitCode === null) desktop.child.kill('SIGKILL');
    await vi.waitUntil(() => this.leftProcesses().length === 0, { timeout: 20_000 });
    this.display?.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

/** Kept where a person can look at it. */
export const failedPicture = path.join(os.tmpdir(), 'axonry-failed-desktop.png');

/** Questions of the application are answered with this button, as by a person: not before the dialog has been shown. */
export const answerWith = (app: ElectronApplication, response: number): Promise<void> =>
  app.evaluate(({ dialog }, button) => {
    dialog.showMessageBox = () =>
      new Promise((resolve) => setImmediate(() => resolve({ response: button, checkboxChecked: false })));
  }, response);

/** The system's dialog for saving answers with this path. */
export const saveTo = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);

export const windowCount = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** Resolves when the process is gone. */
export function exited({ child }: Desktop): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** The person's way out: the menu's Quit. The answer never comes back from a process that ends. */
export async function quit(desktop: Desktop): Promise<void> {
  const end = exited(desktop);
  void desktop.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
  await end;
}

/** Changes the epochs of the open project, as the smallest edit that there is. */
export async function editEpochs(page: Page, epochs: number): Promise<void> {
  await page.getByRole('tab', { name: 'Build' }).click();
  await new Canvas(page).select('train');
  const field = page.getByLabel('epochs', { exact: true });
  await field.fill(String(epochs));
  await field.press('Enter');
}
