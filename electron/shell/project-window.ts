/** Owns one window: how it is made, what project it shows, and the question when it closes with unsaved changes. */
import { BrowserWindow, dialog, nativeTheme } from 'electron';
import {
  desktopRequests,
  type DesktopCommand,
  type DesktopParams,
  type Opening,
} from '../../shared/protocol/desktop';
import { hostRequests } from '../../shared/protocol/host-api';
import { discardAnswer, saveQuestion } from '../../shared/protocol/unsaved';
import { DESKTOP_COMMAND, DESKTOP_METHODS_ARGUMENT, HOST_METHODS_ARGUMENT } from './channels';
import { WINDOW_ADDRESS } from './scheme';

export type ShownProject = DesktopParams<'tellProject'>;

const NOTHING: ShownProject = { project: null, name: '', path: null, unsaved: null };

/** A page that ends twice within this time would end for ever. */
const CRASH_LOOP_MS = 20_000;
/** How long a window may take to keep a copy before the application ends without it. */
const KEEP_COPY_MS = 1500;

const listed = (argument: string, requests: object): string =>
  `${argument}${Object.keys(requests).join(',')}`;

const openWindow = (preload: string, icon: string): BrowserWindow =>
  new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    // Before the page has drawn itself.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    autoHideMenuBar: true,
    icon,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      additionalArguments: [
        listed(HOST_METHODS_ARGUMENT, hostRequests),
        listed(DESKTOP_METHODS_ARGUMENT, desktopRequests),
      ],
    },
  });

export interface ProjectWindowOptions {
  preload: string;
  icon: string;
  /** What to show at first. */
  opening: Opening | null;
  onShown: (window: ProjectWindow) => void;
  /** The person closed the window: nothing of the project is wanted any more. */
  onClosed: (window: ProjectWindow) => void;
  /** The person stayed when asked. */
  onStayed: () => void;
}

export class ProjectWindow {
  readonly window: BrowserWindow;
  shown = NOTHING;
  /** It ends without the person's wish: what is not saved is kept for the next start. */
  keepsWork = false;
  private mayClose = false;
  private asking = false;
  private crashedAt = -Infinity;
  private kept: () => void = () => undefined;

  constructor(private readonly options: ProjectWindowOptions) {
    this.window = openWindow(options.preload, options.icon);
    this.window.once('ready-to-show', () => this.window.show());
    this.window.on('close', (event) => this.onClose(event));
    this.window.on('closed', () => options.onClosed(this));
    this.window.webContents.on('render-process-gone', () => void this.onCrash());
    this.window.webContents.on('unresponsive', () => void this.onHang());
    void this.window.loadURL(WINDOW_ADDRESS).catch(() => undefined);
  }

  /** What the page shows first, also when it is loaded again. */
  get opening(): Opening | null {
    const { project } = this.shown;
    if (project === null) return this.options.opening;
    return { kind: 'project', project, crashed: this.crashedAt > -Infinity };
  }

  /** The file that it shows, or will show when it has been loaded. */
  get file(): string | null {
    const { opening } = this.options;
    if (this.shown.project !== null) return this.shown.path;
    return opening?.kind === 'file' ? opening.path : null;
  }

  tell(project: ShownProject): void {
    this.shown = project;
    this.window.setDocumentEdited(project.unsaved !== null);
    this.window.setRepresentedFilename(project.path ?? '');
    this.options.onShown(this);
  }

  /** Resolves when what is not saved lies on the disk as a copy; after a while also when it does not. */
  keepCopy(): Promise<void> {
    if (this.shown.unsaved === null || this.shown.unsaved === 'runs' || this.window.isDestroyed())
      return Promise.resolve();
    return new Promise((resolve) => {
      this.kept = resolve;
      setTimeout(resolve, KEEP_COPY_MS);
      this.send({ command: 'keep-copy' });
    });
  }

  tellKept(): void {
    this.kept();
  }

  send(command: DesktopCommand): void {
    this.window.webContents.send(DESKTOP_COMMAND, command);
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.focus();
  }

  close(): void {
    this.mayClose = true;
    this.window.close();
  }

  endUnasked(): void {
    this.keepsWork = true;
    this.window.destroy();
  }

  private onClose(event: { preventDefault: () => void }): void {
    if (this.mayClose || this.shown.unsaved === null) return;
    event.preventDefault();
    if (!this.asking) void this.askBeforeClosing();
  }

  private async askBeforeClosing(): Promise<void> {
    this.asking = true;
    const { name } = this.shown;
    const unsaved = this.shown.unsaved ?? 'changes';
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'question',
      message: saveQuestion(name, unsaved),
      detail: 'Without saving they are lost when the window closes.',
      buttons: ['Save', discardAnswer(unsaved), 'Stay here'],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    this.asking = false;
    if (response === 0) this.send({ command: 'save-and-close' });
    else if (response === 1) this.close();
    else this.options.onStayed();
  }

  /** The host and what it trains live on, and the host knows what the page showed. */
  private async onCrash(): Promise<void> {
    if (this.window.isDestroyed()) return;
    const again = Date.now() - this.crashedAt < CRASH_LOOP_MS;
    this.crashedAt = Date.now();
    if (!again) return this.window.webContents.reload();
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'error',
      message: 'The window has ended unexpectedly, twice in a row',
      detail: 'What was training goes on, and unsaved changes are kept for the next start.',
      buttons: ['Bring the window back', 'Close it'],
      defaultId: 0,
      noLink: true,
    });
    if (response === 0) this.window.webContents.reload();
    else this.endUnasked();
  }

  private async onHang(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'warning',
      message: 'The window does not answer',
      detail: 'What trains goes on. Bringing it back loses at most the last second of changes.',
      buttons: ['Wait', 'Bring the window back'],
      defaultId: 0,
      noLink: true,
    });
    if (response === 1 && !this.window.isDestroyed()) this.window.webContents.forcefullyCrashRenderer();
  }
}
