/**
 * Which files a window may open and write: those that a person named in a dialog, by a drop, on the command line or in
 * the list of recent projects. A page that was taken over cannot name others.
 */
import path from 'node:path';
import type { HostMethod } from '../../../shared/protocol/host-api';
import { fail, type Problem } from '../../../shared/result';

/** Requests that carry a path to open or to write. */
const WITH_PATH: ReadonlySet<HostMethod> = new Set<HostMethod>(['openProject', 'saveProject', 'exportRun']);

const pathOf = (params: unknown): unknown =>
  typeof params === 'object' && params !== null && 'path' in params ? params.path : undefined;

export class GrantedPaths {
  private readonly granted = new Set<string>();

  grant(file: string): void {
    this.granted.add(path.resolve(file));
  }

  has(file: string): boolean {
    return this.granted.has(path.resolve(file));
  }

  /** null where the request may go on. */
  refusal(method: string, params: unknown): { ok: false; problem: Problem } | null {
    // The system's own dialog takes its place.
    if (method === 'browse')
      return fail('file/no-listing', 'This window does not list folders. Choose the file with File → Open.');
    const file = pathOf(params);
    if (!WITH_PATH.has(method as HostMethod) || typeof file !== 'string' || this.has(file)) return null;
    return fail(
      'file/not-chosen',
      `${file} was not chosen in a dialog of Axonry. Choose it with File → Open or File → Save as.`,
    );
  }
}
