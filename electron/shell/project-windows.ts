/** Owns all windows: one for each project, and which one a file or a command belongs to. */
import path from 'node:path';
import { BrowserWindow, type WebContents } from 'electron';
import type { DesktopCommand, Opening } from '../../shared/protocol/desktop';
import { ProjectWindow } from './project-window';
import type { GrantedPaths } from './security/granted-paths';

export interface ProjectWindowsOptions {
  preload: string;
  icon: string;
  granted: GrantedPaths;
  /** A window shows another project or has been edited. */
  onShown: (window: ProjectWindow) => void;
  onLeft: (project: string) => void;
  onStayed: () => void;
}

export class ProjectWindows {
  private readonly all = new Set<ProjectWindow>();

  constructor(private readonly options: ProjectWindowsOptions) {}

  open(opening: Opening | null = null): ProjectWindow {
    const { preload, icon, onShown, onStayed } = this.options;
    const window = new ProjectWindow({
      preload,
      icon,
      opening,
      onShown,
      onStayed,
      onClosed: (closed) => {
        this.all.delete(closed);
        if (closed.shown.project !== null && !closed.keepsWork) this.options.onLeft(closed.shown.project);
      },
    });
    this.all.add(window);
    return window;
  }

  /** From outside of any window: an argument, a double click, the list of recent files. */
  openFile(file: string): void {
    const absolute = path.resolve(file);
    this.options.granted.grant(absolute);
    const showing = [...this.all].find((window) => window.file === absolute);
    if (showing) showing.focus();
    else if (this.focused?.shown.project === null && this.focused.opening === null)
      this.focused.send({ command: 'open-path', path: absolute });
    else this.open({ kind: 'file', path: absolute });
  }

  /** Ends all windows without a question; what is not saved comes back at the next start. */
  async endUnasked(): Promise<void> {
    await Promise.all([...this.all].map((window) => window.keepCopy()));
    for (const window of [...this.all]) window.endUnasked();
  }

  of(contents: WebContents): ProjectWindow | undefined {
    return [...this.all].find(({ window }) => window.webContents === contents);
  }

  /** To the window in front; without one, to a new one. */
  send(command: DesktopCommand): void {
    const window = this.focused;
    if (window) window.send(command);
    else this.open();
  }

  get contents(): WebContents[] {
    return [...this.all].map(({ window }) => window.webContents).filter((one) => !one.isDestroyed());
  }

  get count(): number {
    return this.all.size;
  }

  get focused(): ProjectWindow | undefined {
    const focused = BrowserWindow.getFocusedWindow();
    return [...this.all].find(({ window }) => window === focused) ?? [...this.all].pop();
  }
}
