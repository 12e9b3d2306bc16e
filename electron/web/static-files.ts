/** Finds the built window's files. Nothing outside its folder can be named. */
import fs from 'node:fs/promises';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFile {
  content: Buffer;
  type: string;
  isPage: boolean;
}

function decoded(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return null;
  }
}

/** `urlPath` as it came, still encoded. null where there is no such file. */
export async function readStaticFile(folder: string, urlPath: string): Promise<StaticFile | null> {
  const name = decoded(urlPath);
  if (name === null || name.includes('\0') || name.includes('\\') || name.split('/').includes('..'))
    return null;
  const file = path.join(folder, name.endsWith('/') ? `${name}index.html` : name);
  try {
    // A link in the folder must not lead out of it either.
    const [real, root] = [await fs.realpath(file), await fs.realpath(folder)];
    if (!real.startsWith(root + path.sep)) return null;
    const extension = path.extname(real).toLowerCase();
    const type = TYPES[extension];
    return type === undefined
      ? null
      : { content: await fs.readFile(real), type, isPage: extension === '.html' };
  } catch {
    return null;
  }
}
