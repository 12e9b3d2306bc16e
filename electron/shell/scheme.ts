/** Owns `axonry://window/`, the address from which the built window is served. Nothing else can be read through it. */
import { protocol } from 'electron';
import { readStaticFile } from '../web/static-files';
import { CONTENT_POLICY } from './security/content-policy';

const SCHEME = 'axonry';
export const ORIGIN = `${SCHEME}://window`;
export const WINDOW_ADDRESS = `${ORIGIN}/index.html`;

/** A real origin: 'self' in the policy, workers, storage. To be called before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  content: Buffer;
}

async function answer(folder: string, address: string): Promise<Answer> {
  const url = new URL(address);
  const file = url.host === 'window' ? await readStaticFile(folder, url.pathname) : null;
  if (file === null)
    return { status: 404, headers: { 'content-type': 'text/plain' }, content: Buffer.alloc(0) };
  return {
    status: 200,
    headers: {
      'content-type': file.type,
      'content-security-policy': CONTENT_POLICY,
      'x-content-type-options': 'nosniff',
    },
    content: file.content,
  };
}

export function serveWindow(folder: string): void {
  if (typeof protocol.handle === 'function') {
    protocol.handle(SCHEME, async ({ url }) => {
      const { status, headers, content } = await answer(folder, url);
      return new Response(new Uint8Array(content), { status, headers });
    });
    return;
  }
  // Electron before 25.
  protocol.registerBufferProtocol(SCHEME, ({ url }, callback) => {
    void answer(folder, url).then(({ status, headers, content }) =>
      callback({
        statusCode: status,
        headers,
        mimeType: headers['content-type'].split(';')[0],
        data: content,
      }),
    );
  });
}
