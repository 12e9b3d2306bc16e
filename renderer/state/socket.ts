/**
 * The WebSocket transport of HostApi: requests have an id and are answered once, events come in between. It connects
 * again by itself when the connection is lost.
 */
import { hostEvent, hostRequests, type HostApi, type HostEvent } from '../../shared/protocol/host-api';
import { fail, type Result } from '../../shared/result';

export type ConnectionState = 'connecting' | 'open' | 'lost';

const LOST = () =>
  fail(
    'host/connection-lost',
    'The connection to Axonry was lost before it answered. Is `axonry serve` still running?',
  );
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;

interface Answer {
  id: number;
  result: Result<unknown>;
}

const isAnswer = (message: unknown): message is Answer =>
  typeof message === 'object' &&
  message !== null &&
  'id' in message &&
  typeof message.id === 'number' &&
  'result' in message;

function eventOf(message: unknown): HostEvent | null {
  const inner =
    typeof message === 'object' && message !== null && 'event' in message ? message.event : message;
  const parsed = hostEvent.safeParse(inner);
  return parsed.success ? parsed.data : null;
}

export class HostSocket {
  private socket: WebSocket | null = null;
  private nextId = 1;
  private wait = FIRST_WAIT_MS;
  private everOpen = false;
  /** Requests that were made before the first connection stood. */
  private queue: string[] = [];
  private readonly pending = new Map<number, (result: Result<unknown>) => void>();
  private readonly listeners = new Set<(event: HostEvent) => void>();

  constructor(
    private readonly address: string,
    private readonly onState: (state: ConnectionState) => void,
  ) {
    this.connect();
  }

  private connect(): void {
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.addEventListener('open', () => {
      this.wait = FIRST_WAIT_MS;
      this.everOpen = true;
      this.onState('open');
      for (const text of this.queue.splice(0)) socket.send(text);
    });
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') this.receive(data);
    });
    socket.addEventListener('close', () => this.lost());
  }

  private lost(): void {
    this.queue = [];
    for (const answer of this.pending.values()) answer(LOST());
    this.pending.clear();
    this.onState('lost');
    setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  private receive(text: string): void {
    const message: unknown = JSON.parse(text);
    if (isAnswer(message)) {
      this.pending.get(message.id)?.(message.result);
      this.pending.delete(message.id);
      return;
    }
    const event = eventOf(message);
    if (event) for (const listener of this.listeners) listener(event);
  }

  request(method: string, params: unknown): Promise<Result<unknown>> {
    const open = this.socket?.readyState === WebSocket.OPEN;
    if (!open && this.everOpen) return Promise.resolve(LOST());
    const id = this.nextId++;
    const text = JSON.stringify({ id, method, params });
    return new Promise((resolve) => {
      this.pending.set(id, resolve);
      if (open) this.socket?.send(text);
      else this.queue.push(text);
    });
  }

  subscribe(listener: (event: HostEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Every method of HostApi as a message over the socket. */
export function socketHost(socket: HostSocket): HostApi {
  const methods = Object.keys(hostRequests).map((method) => [
    method,
    (params: unknown) => socket.request(method, params),
  ]);
  return {
    ...Object.fromEntries(methods),
    subscribe: (listener: (event: HostEvent) => void) => socket.subscribe(listener),
  } as HostApi;
}
