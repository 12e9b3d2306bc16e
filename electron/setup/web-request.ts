/** Opens one HTTP or HTTPS request, through the proxy that the environment names. Node's own modules only: it runs on Node 16. */
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';

function variable(name: string): string | null {
  return process.env[name.toLowerCase()] || process.env[name.toUpperCase()] || null;
}

/** `NO_PROXY` lists hosts or endings of hosts, separated by commas; `*` means all. */
function goesDirectly(host: string): boolean {
  return (variable('no_proxy') ?? '')
    .split(',')
    .map((entry) =>
      entry
        .trim()
        .toLowerCase()
        .replace(/^\*?\./, ''),
    )
    .some((entry) => entry !== '' && (entry === '*' || host === entry || host.endsWith(`.${entry}`)));
}

export function proxyFor(target: URL): URL | null {
  if (goesDirectly(target.hostname.toLowerCase())) return null;
  const named =
    variable(target.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? variable('all_proxy');
  if (named === null) return null;
  try {
    const proxy = new URL(named.includes('://') ? named : `http://${named}`);
    return proxy.protocol === 'http:' || proxy.protocol === 'https:' ? proxy : null;
  } catch {
    return null;
  }
}

function authorization(proxy: URL): http.OutgoingHttpHeaders {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

const clientOf = (address: URL): typeof http | typeof https => (address.protocol === 'https:' ? https : http);

export interface WebRequestOptions {
  headers: http.OutgoingHttpHeaders;
  signal: AbortSignal;
  /** Milliseconds within which the connection (through the proxy, where there is one) must stand. */
  connect: number;
}

export class ConnectionTooSlow extends Error {}
export class ProxyRefused extends Error {}

/** A tunnel through the proxy to the target, as RFC 9110 §9.3.6 describes it. */
function tunnel(target: URL, proxy: URL, options: WebRequestOptions): Promise<net.Socket> {
  const authority = `${target.hostname}:${target.port === '' ? '443' : target.port}`;
  return new Promise((resolve, reject) => {
    const request = clientOf(proxy).request({
      method: 'CONNECT',
      hostname: proxy.hostname,
      port: proxy.port,
      path: authority,
      headers: { host: authority, ...authorization(proxy) },
      agent: false,
      signal: options.signal,
    });
    const timer = setTimeout(() => request.destroy(new ConnectionTooSlow()), options.connect);
    request.on('connect', (response, socket) => {
      clearTimeout(timer);
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new ProxyRefused(`${proxy.host} answered ${response.statusCode}`));
    });
    request.on('response', (response) => {
      clearTimeout(timer);
      response.destroy();
      reject(new ProxyRefused(`${proxy.host} answered ${response.statusCode}`));
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end();
  });
}

/** Where the request itself goes: straight to the target, through a tunnel, or (plain HTTP) to the proxy with the whole address. */
async function route(target: URL, options: WebRequestOptions): Promise<https.RequestOptions> {
  const straight = {
    hostname: target.hostname.replace(/^\[|\]$/g, ''),
    port: target.port,
    path: target.pathname + target.search,
    headers: options.headers,
  };
  const proxy = proxyFor(target);
  if (proxy === null) return straight;
  if (target.protocol === 'http:') {
    return {
      hostname: proxy.hostname,
      port: proxy.port,
      path: target.href,
      headers: { ...options.headers, host: target.host, ...authorization(proxy) },
    };
  }
  const socket = await tunnel(target, proxy, options);
  return {
    ...straight,
    createConnection: () =>
      tls.connect({ socket, servername: net.isIP(target.hostname) === 0 ? target.hostname : '' }),
  };
}

/** GET, up to the answer's headers. Rejects with the socket's error, `ConnectionTooSlow` or `ProxyRefused`. */
export async function openRequest(target: URL, options: WebRequestOptions): Promise<http.IncomingMessage> {
  const way = await route(target, options);
  const client = proxyFor(target) !== null && target.protocol === 'http:' ? http : clientOf(target);
  return new Promise((resolve, reject) => {
    const request = client.request({
      ...way,
      method: 'GET',
      signal: options.signal,
      ...(way.createConnection ? {} : { agent: false }),
    });
    const timer = setTimeout(() => request.destroy(new ConnectionTooSlow()), options.connect);
    const stands = (): void => clearTimeout(timer);
    request.on('socket', (socket) => {
      if (!socket.connecting) return stands();
      socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', stands);
    });
    request.on('response', (response) => {
      stands();
      resolve(response);
    });
    request.on('error', (error) => {
      stands();
      reject(error);
    });
    request.end();
  });
}
