/** Owns one window: how it is made, what project it shows, and the question when it closes with unsaved changes. */
import { BrowserWindow, dialog, nativeTheme } from 'electron';
import { desktopRequests, type DesktopCommand, type DesktopParams } from '../../shared/protocol/desktop';
import { hostRequests } from '../../shared/protocol/host-api';
import { DESKTOP_COMMAND, DESKTOP_METHODS_ARGUMENT, HOST_METHODS_ARGUMENT } from './channels';
import { WINDOW_ADDRESS } from './scheme';

export type ShownProject = DesktopParams<'tellProject'>;

const NOTHING: ShownProject = { project: null, name: '', path: null, edited: false };

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
  /** A project file to show at first. */
  opening: string | null;
  onShown: (window: ProjectWindow) => void;
  /** The person closed the window: nothing of the project is wanted any more. */
  onClosed: (window: ProjectWindow) => void;
  /** The person stayed when asked. */
  onStayed: () => void;
}

export class ProjectWindow {
  readonly window: BrowserWindow;
  shown = NOTHING;
  private mayClose = false;
  private asking = false;

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
  get opening(): string | null {
    return this.shown.path ?? this.options.opening;
  }

  tell(project: ShownProject): void {
    this.shown = project;
    this.window.setDocumentEdited(project.edited);
    this.window.setRepresentedFilename(project.path ?? '');
    this.options.onShown(this);
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

  private onClose(event: { preventDefault: () => void }): void {
    if (this.mayClose || !this.shown.edited) return;
    event.preventDefault();
    if (!this.asking) void this.askBeforeClosing();
  }

  private async askBeforeClosing(): Promise<void> {
    this.asking = true;
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'question',
      message: `Save the changes to ${this.shown.name}?`,
      detail: 'Without saving they are lost when the window closes.',
      buttons: ['Save', 'Discard the changes', 'Stay here'],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    this.asking = false;
    if (response === 0) this.send({ command: 'save-and-close' });
    else if (response === 1) this.close();
    else this.options.onStayed();
  }

  /** The host and what it trains live on; the copy kept beside the application's data is offered by the new page. */
  private async onCrash(): Promise<void> {
    if (this.window.isDestroyed()) return;
    this.shown = { ...this.shown, edited: false };
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'error',
      message: 'The window has ended unexpectedly',
      detail:
        'What was training goes on. Unsaved changes up to two seconds ago were kept and are offered when the window is back.',
      buttons: ['Bring the window back', 'Close it'],
      defaultId: 0,
      noLink: true,
    });
    if (response === 0) this.window.webContents.reload();
    else this.window.destroy();
  }

  private async onHang(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'warning',
      message: 'The window does not answer',
      detail: 'What trains goes on. Bringing it back loses at most the last two seconds of changes.',
      buttons: ['Wait', 'Bring the window back'],
      defaultId: 0,
      noLink: true,
    });
    if (response === 1 && !this.window.isDestroyed()) this.window.webContents.forcefullyCrashRenderer();
  }
}
