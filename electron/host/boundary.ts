/**
 * Bounds what a window may touch. In browser mode only what lies inside the served folder (and in folders that are the
 * application's own) is opened; links are followed before they are judged. The command line has no bounds.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result';

export interface Boundary {
  /** The folder that is served, or null where nothing is bounded. */
  readonly root: string | null;
  /** The absolute path as it was asked for, when where it really leads is inside. What does not exist yet is judged by its folder. */
  admit(file: string): Promise<Result<string>>;
}

const LINKS_AT_MOST = 40;

/** Where the path really leads; the part that does not exist is kept as written. */
export async function realPath(file: string, linksFollowed = 0): Promise<string> {
  const missing: string[] = [];
  let existing = path.resolve(file);
  for (;;) {
    try {
      return path.join(await fs.realpath(existing), ...missing);
    } catch {
      // Writing through a link that leads nowhere makes its target.
      const target = await fs.readlink(existing).catch(() => null);
      if (target !== null) {
        if (linksFollowed === LINKS_AT_MOST) return path.parse(existing).root;
        const real = await realPath(path.resolve(path.dirname(existing), target), linksFollowed + 1);
        return path.join(real, ...missing);
      }
      const parent = path.dirname(existing);
      if (parent === existing) return path.join(existing, ...missing);
      missing.unshift(path.basename(existing));
      existing = parent;
    }
  }
}

export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  );
}

/** `own`: folders outside the root that the application itself fills. */
export function createBoundary(root: string | undefined, own: readonly string[]): Boundary {
  if (root === undefined) {
    return { root: null, admit: (file) => Promise.resolve(ok(path.resolve(file))) };
  }
  return {
    root,
    admit: async (file) => {
      const asked = path.resolve(root, file);
      const real = await realPath(asked);
      const folders = await Promise.all([root, ...own].map((folder) => realPath(folder)));
      if (folders.some((folder) => isInside(folder, real))) return ok(asked);
      return fail(
        'file/outside-root',
        `${asked} lies outside ${root}, the folder that this window may use. Choose a file inside it, or start Axonry with --root and a folder that holds it.`,
      );
    },
  };
}
