/**
 * A server on this computer that stands for the place of the official files. Its add-on is real; its TensorFlow archive is short,
 * because the loader is pointed at the library that is here already. So what is fetched really calculates, without 800 MB a test.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { bindingFile } from '../../electron/setup/locations';

export interface Asked {
  path: string;
  range: string | undefined;
}

/** How the server answers: the file, or what can go wrong on the way. */
export type Behaviour = 'serve' | 'not-found' | 'hang' | 'truncate' | 'stall-halfway';

export interface OfficialServer {
  address: string;
  asked: Asked[];
  behave: (behaviour: Behaviour) => void;
  /** What tfjs-node's installer and node-pre-gyp are told by to look here. */
  environment: Record<string, string>;
  /** Sends the rest of every answer that stalls. */
  letGo: () => void;
  close: () => Promise<void>;
}

function packed(folder: string, name: string): Buffer {
  return execFileSync('tar', ['-czf', '-', '-C', folder, name], { maxBuffer: 1 << 28 });
}

/** The two archives, by the ends of their names. */
export function officialArchives(realNative: string, workFolder: string): { library: Buffer; addon: Buffer } {
  const library = path.join(workFolder, 'archives', 'lib');
  const addon = path.join(workFolder, 'archives', 'napi-v8');
  fs.mkdirSync(library, { recursive: true });
  fs.mkdirSync(addon, { recursive: true });
  // Random bytes cannot be packed smaller, so that there is something to break off in the middle of.
  fs.writeFileSync(path.join(library, 'libtensorflow.so.2'), randomBytes(1 << 20));
  fs.copyFileSync(bindingFile(realNative), path.join(addon, 'tfjs_binding.node'));
  return { library: packed(path.dirname(library), 'lib'), addon: packed(path.dirname(addon), 'napi-v8') };
}

export async function startOfficialServer(
  files: { library: Buffer; addon: Buffer },
  realNative = '',
): Promise<OfficialServer> {
  let behaviour: Behaviour = 'serve';
  const asked: Asked[] = [];
  const stalled: (() => void)[] = [];
  const server = http.createServer((request, response) => {
    const { url = '/', headers } = request;
    asked.push({ path: url, range: headers.range });
    if (behaviour === 'hang') return;
    const file = url.includes('pre-built-binary') || url.includes('CPU-') ? files.addon : files.library;
    if (behaviour === 'not-found') return void response.writeHead(404).end('no such file');
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const rest = file.subarray(start);
    response.writeHead(start === 0 ? 200 : 206, {
      etag: `"${file.length}"`,
      'content-length': rest.length,
      ...(start === 0 ? {} : { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` }),
    });
    const half = Math.floor(rest.length / 2);
    switch (behaviour) {
      case 'serve':
        return void response.end(rest);
      case 'truncate':
        return void response.write(rest.subarray(0, half), () => response.destroy());
      case 'stall-halfway':
        response.write(rest.subarray(0, half));
        stalled.push(() => response.end(rest.subarray(half)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    address,
    asked,
    behave: (next) => {
      behaviour = next;
    },
    environment: {
      TFJS_NODE_CDN_STORAGE: address,
      npm_config_tfjs_binding_binary_host_mirror: `${address}pre-built-binary`,
      NO_PROXY: '127.0.0.1',
      LD_LIBRARY_PATH: path.join(realNative, 'deps', 'lib'),
    },
    letGo: () => {
      for (const go of stalled.splice(0)) go();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
