/** The desktop application: puts host, windows, menu and rules together, and ends in order. Each concern has its file in shell/. */
import os from 'node:os';
import path from 'node:path';
import { app, session } from 'electron';
import { version } from '../package.json';
import { DataGrants } from './host/data-grants';
import { createHost } from './host/host';
import { cacheFolder, dataFolder } from './setup/locations';
import { reportProblem, showAbout } from './shell/about';
import { askForData } from './shell/data-question';
import { endInOrder, endOnSignals } from './shell/ending';
import { serveDesktop } from './shell/desktop-transport';
import { serveHost } from './shell/host-transport';
import { showMenu } from './shell/menu';
import { projectArguments } from './shell/project-arguments';
import { ProjectWindows } from './shell/project-windows';
import { registerScheme, serveWindow } from './shell/scheme';
import { GrantedPaths } from './shell/security/granted-paths';
import { forbidDownloads, forbidNavigation } from './shell/security/navigation';
import { forbidPermissions } from './shell/security/permissions';
import { utilityLauncher } from './shell/utility-launcher';

/** The bundle lies in out/main. */
const out = path.resolve(__dirname, '..');
const callersFolder = process.env.INIT_CWD ?? process.cwd();

const onBug = (error: unknown) =>
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));

const folders = {
  data: dataFolder(),
  cache: cacheFolder(),
  examples: path.resolve(out, '../assets/examples'),
};

function start(): void {
  const dataGrants = new DataGrants(folders, (file) => askForData(windows.focused?.window, file));
  const host = createHost({
    launcher: utilityLauncher(path.join(__dirname, 'engine.cjs')),
    folders,
    dataGrants,
    version,
    home: os.homedir(),
    shell: 'desktop',
  });
  const granted = new GrantedPaths();
  let quitting = false;
  let latestShown: string | null = null;
  const windows = new ProjectWindows({
    preload: path.join(__dirname, 'preload.cjs'),
    icon: path.resolve(out, '../assets/icons/axonry.png'),
    granted,
    onShown: ({ shown }) => {
      if (shown.path === null || shown.path === latestShown) return;
      latestShown = shown.path;
      app.addRecentDocument(shown.path);
      void renewMenu();
    },
    onLeft: (project) => {
      void host.closeProject({ project });
      if (quitting) app.quit();
    },
    onStayed: () => (quitting = false),
  });

  async function renewMenu(): Promise<void> {
    const page = await host.start({});
    showMenu({
      send: (command) => windows.send(command),
      newWindow: () => windows.open(),
      openFile: (file) => windows.openFile(file),
      about: () => void showAbout(host, windows.focused?.window),
      report: () => void reportProblem(host, windows.focused?.window),
      recents: page.ok ? page.value.recents.map((recent) => recent.path) : [],
    });
  }

  const waiting = projectArguments(process.argv, callersFolder);
  // macOS tells of a file to open before it says that the application is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (app.isReady()) windows.openFile(file);
    else waiting.push(file);
  });
  app.on('second-instance', (_event, args, folder) => {
    const files = projectArguments(args, folder);
    if (files.length === 0) windows.focused?.focus();
    for (const file of files) windows.openFile(file);
  });
  app.on('activate', () => {
    if (windows.count === 0) windows.open();
  });
  app.on('before-quit', () => (quitting = true));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' || quitting) app.quit();
  });
  endInOrder(app, () => host.close());

  void app.whenReady().then(async () => {
    endOnSignals(async () => {
      await windows.endUnasked();
      app.quit();
    });
    serveWindow(path.join(out, 'renderer'));
    forbidPermissions(session.defaultSession);
    forbidDownloads(session.defaultSession);
    serveHost(host, granted, () => windows.contents, onBug);
    serveDesktop(windows, granted, dataGrants);
    void renewMenu();
    const left = await host.parts.projects.leftBehind();
    for (const { recovery, path: file } of left) {
      if (file !== null) granted.grant(file);
      windows.open({ kind: 'recovery', recovery });
    }
    // What was left of a file is newer than the file.
    const comesBack = (file: string) => left.some((recovery) => recovery.path === path.resolve(file));
    for (const file of waiting.filter((one) => !comesBack(one))) windows.openFile(file);
    if (windows.count === 0) windows.open();
  });
}

app.setName('Axonry');
app.setPath('userData', path.join(dataFolder(), 'window'));
// Whoever starts it as root, as tests in a container do, has to say so: enabling would void that switch.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerScheme();
forbidNavigation(app);
// A mistake in one request must not take the runs and windows of all others with it.
process.on('unhandledRejection', onBug);
if (app.requestSingleInstanceLock()) start();
else app.quit();
