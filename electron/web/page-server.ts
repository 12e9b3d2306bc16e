/** Answers HTTP: exchanges the token, then serves the window's files to those who have the cookie. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Access } from './access';
import { messagePage, securityHeaders } from './pages';
import { readStaticFile } from './static-files';

interface Answer {
  status: number;
  title: string;
  text: string;
}

const NOT_LOCAL: Answer = {
  status: 403,
  title: 'This address is not the one of this Axonry',
  text: 'Open the address that the terminal printed. To use it from another computer, forward the port: ssh -L 7411:127.0.0.1:7411 NAME.',
};
const NO_ACCESS: Answer = {
  status: 403,
  title: 'This address opens once',
  text: 'Press Enter in the terminal in which Axonry runs: it prints a new address.',
};
const NO_FILE: Answer = {
  status: 404,
  title: 'There is nothing here',
  text: 'Open the address that the terminal printed.',
};
const NO_WINDOW: Answer = {
  status: 503,
  title: 'The window has not been built',
  text: 'Run "npm start", which builds it.',
};
const WRONG_METHOD: Answer = {
  status: 405,
  title: 'Only reading is possible here',
  text: 'Open the address that the terminal printed.',
};

function tell(request: IncomingMessage, response: ServerResponse, { status, title, text }: Answer): void {
  const headers = {
    ...securityHeaders('127.0.0.1'),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  };
  response.writeHead(status, headers);
  response.end(request.method === 'HEAD' ? undefined : messagePage(title, text));
}

/** Sends the browser to the clean address, so that the token stays out of the history. */
function exchange(access: Access, token: string, request: IncomingMessage, response: ServerResponse): void {
  const cookie = access.exchange(token);
  // A page that is loaded again with its old address has its cookie already.
  if (cookie === null && !access.isKnown(request)) return tell(request, response, NO_ACCESS);
  const headers = { ...securityHeaders('127.0.0.1'), location: '/', 'cache-control': 'no-store' };
  response.writeHead(303, cookie === null ? headers : { ...headers, 'set-cookie': cookie });
  response.end();
}

export async function answerPage(
  access: Access,
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!access.isLocal(request)) return tell(request, response, NOT_LOCAL);
  if (request.method !== 'GET' && request.method !== 'HEAD') return tell(request, response, WRONG_METHOD);
  const [urlPath, query = ''] = (request.url ?? '/').split('?');
  const token = new URLSearchParams(query).get('token');
  if (urlPath === '/' && token !== null) return exchange(access, token, request, response);
  if (!access.isKnown(request)) return tell(request, response, NO_ACCESS);
  const file = await readStaticFile(folder, urlPath);
  if (file === null) return tell(request, response, urlPath === '/' ? NO_WINDOW : NO_FILE);
  response.writeHead(200, {
    ...securityHeaders(request.headers.host ?? ''),
    'content-type': file.type,
    'content-length': file.content.length,
    // Names of scripts and styles carry a hash of what is in them.
    'cache-control': file.isPage ? 'no-store' : 'private, max-age=3600',
  });
  response.end(request.method === 'HEAD' ? undefined : file.content);
}
