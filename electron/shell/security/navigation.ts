/** A window shows our page and nothing else: no navigation, no new windows, no embedded pages, no downloads. */
import type { App, Session } from 'electron';
import { WINDOW_ADDRESS } from '../scheme';

export function forbidNavigation(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event, url) => {
      // Loading the page again is not leaving it.
      if (url !== WINDOW_ADDRESS) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

export function forbidDownloads(session: Session): void {
  session.on('will-download', (event) => event.preventDefault());
}
