/**
 * Who may talk to the server: a browser that came with the token, from a page of this very server. The token is exchanged
 * once for a cookie that scripts cannot read and other sites cannot use.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const secret = (): string => randomBytes(32).toString('base64url');

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Names under which a browser on this computer reaches it. Any other name was pointed here from outside (DNS rebinding). */
const LOCAL_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

export class Access {
  private token: string | null = secret();
  private readonly sessions: string[] = [];

  /** Cookies are shared by all ports of a name: two servers must not overwrite each other's. */
  constructor(private readonly port: number) {}

  /** Makes the next token; the one before is void. */
  renew(): string {
    this.token = secret();
    return this.token;
  }

  get current(): string | null {
    return this.token;
  }

  /** The cookie that this token buys, once. */
  exchange(token: string): string | null {
    if (this.token === null || !same(token, this.token)) return null;
    this.token = null;
    const session = secret();
    this.sessions.push(session);
    return `${this.cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  isKnown(request: IncomingMessage): boolean {
    const given = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
    return given.some(
      ([name, value = '']) =>
        name === this.cookieName && this.sessions.some((session) => same(value, session)),
    );
  }

  /** The Host header names this computer. */
  isLocal(request: IncomingMessage): boolean {
    return LOCAL_NAMES.has(hostName(request.headers.host ?? ''));
  }

  /** The page that asks was served from here. Browsers send Origin with every WebSocket and never let a page forge it. */
  isOwnOrigin(request: IncomingMessage): boolean {
    return request.headers.origin === `http://${request.headers.host ?? ''}`;
  }

  private get cookieName(): string {
    return `axonry-${this.port}`;
  }
}
