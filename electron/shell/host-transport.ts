/** HostApi over Electron's IPC: who asks is checked, then what is asked, then the schema; events go to every window. */
import { ipcMain, type WebContents } from 'electron';
import type { HostApi, HostAnswers } from '../../shared/protocol/host-api';
import type { Result } from '../../shared/result';
import { dispatch } from '../host/dispatch';
import { HOST_EVENT, HOST_REQUEST } from './channels';
import type { GrantedPaths } from './security/granted-paths';
import { FOREIGN_SENDER, isOwnPage } from './security/senders';

/** What the host itself lists as recent, or kept a copy of, was opened or saved by the person before. */
function grantAnswered(granted: GrantedPaths, method: string, result: Result<unknown>): void {
  if (method !== 'start' || !result.ok) return;
  const { recents, recoveries } = result.value as HostAnswers['start'];
  for (const { path } of [...recents, ...recoveries]) if (path !== null) granted.grant(path);
}

export function serveHost(
  api: HostApi,
  granted: GrantedPaths,
  windows: () => readonly WebContents[],
  onBug: (error: unknown) => void,
): void {
  ipcMain.handle(HOST_REQUEST, async (event, method: unknown, params: unknown): Promise<Result<unknown>> => {
    if (!isOwnPage(event)) return FOREIGN_SENDER;
    const name = String(method);
    const refusal = granted.refusal(name, params);
    if (refusal) return refusal;
    const result = await dispatch(api, name, params ?? {}, onBug);
    grantAnswered(granted, name, result);
    return result;
  });
  api.subscribe((event) => {
    for (const contents of windows()) contents.send(HOST_EVENT, event);
  });
}
