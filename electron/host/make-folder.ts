/** Makes a folder and those above it, one by one. */
import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Node's own `recursive` asks for ever where a file system says of every new folder that its parent is missing, as /proc
 * does. Errors of the file system are thrown; a folder that is there is none.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await fs.mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await isFolder(folder))) return;
    const above = path.dirname(folder);
    if (code !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above);
    await fs.mkdir(folder).catch(async (again: NodeJS.ErrnoException) => {
      // Another process was quicker.
      if (again.code !== 'EEXIST' || !(await isFolder(folder))) throw again;
    });
  }
}

const isFolder = (folder: string): Promise<boolean> =>
  fs.stat(folder).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
