/** What the desktop's own menu, its dialogs and the system around it do: each as a person uses it, in a real Electron. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import settings from '../../package.json' with { type: 'json' };
import {
  answerWith,
  Computer,
  editEpochs,
  noDesktop,
  projectFolder,
  quit,
  windowCount,
  type Desktop,
} from './desktop-application';

describe.skipIf(noDesktop)('the menu', () => {
  const computer = new Computer();
  const file = path.join(computer.folder, 'two moons.axon');
  let desktop: Desktop;
  beforeAll(async () => {
    copyFileSync(path.join(projectFolder, 'assets/examples/moons.axon'), file);
    desktop = await computer.start({ args: [file] });
    await vi.waitUntil(async () => (await desktop.page.title()) === 'two moons – Axonry', {
      timeout: 20_000,
    });
  });
  afterAll(() => computer.remove(desktop));

  /** Labels from the bar downwards. */
  const choose = (...labels: string[]): Promise<void> =>
    desktop.app.evaluate(({ Menu }, [first, ...rest]) => {
      const named = (items: Electron.MenuItem[] | undefined, label: string) =>
        items?.find((item) => item.label.replace('&', '') === label || item.role === label.toLowerCase());
      const item = rest.reduce(
        (above, label) => named(above?.submenu?.items, label),
        named(Menu.getApplicationMenu()?.items, first),
      );
      if (!item) throw new Error(`There is no ${[first, ...rest].join(' → ')}.`);
      (item.click as () => void)();
    }, labels);

  /** What the next question of the application says; it is answered with its first button. */
  const nextQuestion = (): Promise<{ message: string; detail: string; buttons: string[] }> =>
    desktop.app.evaluate(
      ({ dialog }) =>
        new Promise((resolve) => {
          dialog.showMessageBox = (...args: unknown[]) => {
            const options = args[args.length - 1] as { message: string; detail: string; buttons: string[] };
            resolve({ message: options.message, detail: options.detail, buttons: options.buttons });
            return Promise.resolve({ response: 0, checkboxChecked: false });
          };
        }),
    );

  it('About says version, engine, Electron and computer', async () => {
    const asked = nextQuestion();
    await choose('Help', 'About Axonry');
    const { message, detail } = await asked;
    expect(message).toBe(`Axonry ${settings.version}`);
    expect(detail).toMatch(/Engine: /);
    expect(detail).toMatch(/WebAssembly: comes with Axonry; many times slower/);
    expect(detail).toMatch(/Electron \d+\.\d+\.\d+, Chromium \d+/);
    expect(detail).toMatch(/cores/);
  });

  it('Report a problem copies a report without a path, a project or data', async () => {
    const asked = nextQuestion();
    await choose('Help', 'Report a Problem…');
    const { detail, buttons } = await asked;
    expect(buttons[0]).toBe('Copy');
    const copied = () => desktop.app.evaluate(({ clipboard }) => clipboard.readText());
    await expect.poll(copied).toContain(`Axonry ${settings.version}`);
    for (const text of [detail, await copied()]) {
      expect(text).not.toContain(computer.folder);
      expect(text).not.toContain('moons');
      expect(text).not.toContain(process.env.HOME ?? '/root');
    }
  });

  it('Open Recent lists what was open, and brings its window to the front', async () => {
    await expect
      .poll(() =>
        desktop.app.evaluate(({ Menu }) => {
          const items = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File')?.submenu
            ?.items;
          return items
            ?.find(({ label }) => label === 'Open Recent')
            ?.submenu?.items.map(({ label }) => label);
        }),
      )
      .toEqual([`two moons (${computer.folder})`]);
    await choose('File', 'Open Recent', `two moons (${computer.folder})`);
    expect(await windowCount(desktop.app)).toBe(1);
  });

  it('Open asks with the system’s dialog and opens what was chosen; only that may be read', async () => {
    const other = path.join(computer.folder, 'other.axon');
    copyFileSync(file, other);
    await desktop.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, other);
    await choose('File', 'Open…');
    await expect.poll(() => desktop.page.title()).toBe('other – Axonry');
  });

  it('New Window opens a second one, which is told when it opens the same file', async () => {
    const opening = desktop.app.waitForEvent('window');
    await choose('File', 'New Window');
    const second = await opening;
    await second.getByRole('heading', { name: 'Start a network' }).waitFor();
    await second.getByTitle(path.join(computer.folder, 'other.axon')).click();
    await second.getByText('open in another window too').waitFor();
    await answerWith(desktop.app, 1);
    await second.close();
    await expect.poll(() => windowCount(desktop.app)).toBe(1);
  });

  it('Undo and Redo go to the window, Shortcuts shows its list', async () => {
    await choose('Help', 'Keyboard Shortcuts');
    await desktop.page.getByRole('dialog').getByText('Keyboard shortcuts').waitFor();
    await desktop.page.keyboard.press('Escape');
  });

  it('Start Page goes back to the beginning, the project stays open', async () => {
    await choose('File', 'Start Page');
    const { page } = desktop;
    await page.getByRole('heading', { name: 'Start a network' }).waitFor();
    await page.getByRole('tab', { name: 'Build' }).click();
    await page.locator('.react-flow__node').first().waitFor();
  });

  it('a file that the system hands over opens in a window of its own', async () => {
    const third = path.join(computer.folder, 'third.axon');
    copyFileSync(file, third);
    const opening = desktop.app.waitForEvent('window');
    // As a double click on a Mac, and as a second start elsewhere.
    await desktop.app.evaluate(({ app }, chosen) => {
      app.emit('open-file', { preventDefault: () => undefined }, chosen);
    }, third);
    await expect.poll(async () => (await opening).title()).toBe('third – Axonry');
  });

  it('a file that was dropped opens; a page cannot make a drop up', async () => {
    const dropped = path.join(computer.folder, 'dropped.axon');
    writeFileSync(dropped, '{"format":"axonry"}');
    const [page] = desktop.app.windows();
    const code = await page.evaluate(async (chosen) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'dropped.axon'));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
      const answer = await window.axonry?.openProject({ path: chosen });
      return answer?.ok === false ? answer.problem.code : 'opened';
    }, dropped);
    expect(code).toBe('file/not-chosen');
  });

  /** As the system hands files over that a person lets fall on the window. */
  const drop = async (file: string): Promise<void> => {
    const [page] = desktop.app.windows();
    const cdp = await page.context().newCDPSession(page);
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await cdp.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
    await cdp.detach();
  };

  it('a project that is dropped on the window opens from where it lies', async () => {
    const dropped = path.join(computer.folder, 'let fall.axon');
    copyFileSync(path.join(projectFolder, 'assets/examples/xor.axon'), dropped);
    await drop(dropped);
    const [page] = desktop.app.windows();
    await expect.poll(() => page.title()).toBe('let fall – Axonry');
    // It is the file itself, not a copy.
    await editEpochs(page, 3);
    await page.keyboard.press('Control+s');
    await expect.poll(() => readFileSync(dropped, 'utf8')).toContain('"epochs": 3');
  });

  it('a table that is dropped on the window becomes a block that reads it from where it lies', async () => {
    const table = path.join(computer.folder, 'table.csv');
    writeFileSync(table, 'a,b\n1,2\n');
    await drop(table);
    const [page] = desktop.app.windows();
    await page.getByRole('heading', { name: 'table.csv' }).waitFor();
    await page.keyboard.press('Control+s');
    await expect
      .poll(() => readFileSync(path.join(computer.folder, 'let fall.axon'), 'utf8'))
      .toContain(JSON.stringify(table));
  });

  it('what is neither a project nor a table opens nothing, and says where data go', async () => {
    const picture = path.join(computer.folder, 'picture.png');
    writeFileSync(picture, 'x');
    await drop(picture);
    const [page] = desktop.app.windows();
    await page.getByText('picture.png is neither a project').waitFor();
    expect(await page.title()).toBe('let fall – Axonry');
  });

  it('data outside the folder of the project is asked for, and not read without a yes', async () => {
    const strangers = path.join(computer.folder, 'from a stranger');
    mkdirSync(strangers);
    const secret = path.join(computer.folder, 'salaries.csv');
    writeFileSync(secret, 'name,salary\nAda,1\nBea,2\n');
    const text = readFileSync(path.join(projectFolder, 'assets/examples/iris.axon'), 'utf8');
    const project = path.join(strangers, 'stranger.axon');
    writeFileSync(project, text.replaceAll(/"path": "[^"]*"/g, `"path": ${JSON.stringify(secret)}`));
    const asked = desktop.app.evaluate(
      ({ dialog }) =>
        new Promise<string>((resolve) => {
          dialog.showMessageBox = (...args: unknown[]) => {
            const { message, detail } = args[args.length - 1] as { message: string; detail: string };
            resolve(`${message} ${detail}`);
            return Promise.resolve({ response: 1, checkboxChecked: false });
          };
        }),
    );
    await drop(project);
    expect(await asked).toContain(`May this project read data outside its folder? ${secret}`);
    const [page] = desktop.app.windows();
    await page.getByText('reading it was not allowed').first().waitFor();
    expect(await page.locator('body').innerText()).not.toContain('salary');
  });

  it('Quit ends it', async () => {
    await answerWith(desktop.app, 1);
    await quit(desktop);
    await expect.poll(() => computer.leftProcesses()).toEqual([]);
  });
});
