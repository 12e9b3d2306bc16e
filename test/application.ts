/** Starts the real application as a person would, `axonry serve`, and gives tests its window and its HostApi. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { HostAnswers, HostEvent, HostMethod, HostParams } from '../shared/protocol/host-api';
import type { Result } from '../shared/result';
import { chromium } from './environment';

const cli = path.resolve(import.meta.dirname, '../out/main/cli.cjs');

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export interface Application {
  /** Opens once. */
  address: string;
  process: ChildProcess;
  close(): Promise<void>;
}

/** Waits for the printed address. `env` can move the user's folders elsewhere. */
export async function startApplication(root: string, env: Record<string, string> = {}): Promise<Application> {
  const child = spawn(process.execPath, [cli, 'serve', '--json', '--port', '0', '--root', root], {
    env: { ...process.env, AXONRY_NO_OPEN: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const address = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve((JSON.parse(text.slice(0, end)) as { address: string }).address);
    });
    child.once('exit', (code) => reject(new Error(`axonry serve ended with ${code}: ${errors}`)));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    address,
    process: child,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export async function openBrowser(): Promise<Browser> {
  if (!chromium) throw new Error('No Chromium: tests that need one ask environment.ts first.');
  return playwright.launch({ executablePath: chromium, args: CHROMIUM_FLAGS });
}

export interface WindowOptions {
  width?: number;
  height?: number;
  theme?: 'dark' | 'light';
}

/** A window of the application. What its console and the page report as errors is collected in `problems`. */
export async function openWindow(
  browser: Browser,
  address: string,
  { width = 1440, height = 900, theme = 'dark' }: WindowOptions = {},
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(address);
  return { page, problems };
}

/** HostApi over the real socket, without a window. */
export class HostClient {
  private nextId = 1;
  private readonly pending = new Map<number, (result: Result<unknown>) => void>();
  readonly events: HostEvent[] = [];
  private readonly watchers = new Set<() => void>();

  private constructor(
    private readonly socket: WebSocket,
    /** Opens windows of the same browser session. */
    readonly cookie: string,
  ) {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as {
        id?: number;
        result?: Result<unknown>;
        event?: HostEvent;
      };
      if (message.event) this.events.push(message.event);
      else if (message.id !== undefined && message.result) this.pending.get(message.id)?.(message.result);
      for (const watcher of this.watchers) watcher();
    });
  }

  /** Spends the token of the address. */
  static async connect(address: string): Promise<HostClient> {
    const entered = await fetch(address, { redirect: 'manual' });
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0];
    const { origin, host } = new URL(address);
    const socket = new WebSocket(`ws://${host}/api`, { headers: { cookie, origin } });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new HostClient(socket, cookie);
  }

  ask<M extends HostMethod>(method: M, params: HostParams<M>): Promise<Result<HostAnswers[M]>> {
    const id = this.nextId++;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) =>
      this.pending.set(id, (result) => resolve(result as Result<HostAnswers[M]>)),
    );
  }

  /** The value, or the problem's sentence as an exception. */
  async need<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostAnswers[M]> {
    const answer = await this.ask(method, params);
    if (!answer.ok) throw new Error(`${method}: ${answer.problem.message}`);
    return answer.value;
  }

  /** Resolves when an event, past or to come, satisfies `wanted`. */
  waitFor<E extends HostEvent>(wanted: (event: HostEvent) => event is E): Promise<E>;
  waitFor(wanted: (event: HostEvent) => boolean): Promise<HostEvent>;
  waitFor(wanted: (event: HostEvent) => boolean): Promise<HostEvent> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.events.find(wanted);
        if (!found) return;
        this.watchers.delete(look);
        resolve(found);
      };
      this.watchers.add(look);
      look();
    });
  }

  close(): void {
    this.socket.close();
  }
}
