/** A page of the desktop application that was taken over: what it is refused. Each refusal in a real Electron. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Computer, noDesktop, projectFolder, windowCount, type Desktop } from './desktop-application';

describe.skipIf(noDesktop)('a page that was taken over', () => {
  const computer = new Computer();
  let desktop: Desktop;

  beforeAll(async () => {
    desktop = await computer.start();
  });
  afterAll(() => computer.remove(desktop));

  it('refuses requests of a page that is not its own', async () => {
    const preload = path.join(projectFolder, 'out/main/preload.cjs');
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
    await desktop.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0].webContents.once('will-navigate', ({ defaultPrevented }) =>
        Object.assign(globalThis, { prevented: defaultPrevented }),
      );
    });
    await desktop.page.evaluate(() => void (window.location.href = 'https://example.com/'));
    await expect
      .poll(() => desktop.app.evaluate(() => Reflect.get(globalThis, 'prevented') as unknown))
      .toBe(true);
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
