/** What a page may ask of the computer: to copy and to paste. Camera, microphone, place, notifications and the rest are refused. */
import type { Session } from 'electron';

const ALLOWED = new Set(['clipboard-read', 'clipboard-sanitized-write']);

export function forbidPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission));
  session.setDevicePermissionHandler(() => false);
}
