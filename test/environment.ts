/** What the machine offers to tests. A test that lacks its tool is skipped by name with the reason; CI allows no skip. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const besideProject = path.resolve(import.meta.dirname, '../../shared');

/** The folder with real data and book notes beside the checkout, or null. */
export const sharedFolder: string | null = existsSync(path.join(besideProject, 'data')) ? besideProject : null;

/** Prints the reason and answers whether to skip: `describe.skipIf(lacks('real MNIST', sharedFolder !== null))`. */
export function lacks(what: string, present: boolean): boolean {
  if (!present) console.warn(`skipped: ${what} is not on this machine`);
  return !present;
}
