/** Fetches one file into a folder. What was fetched stays when it breaks off, and the next attempt goes on from there. */
import fs from 'node:fs/promises';
import type http from 'node:http';
import path from 'node:path';
import { fail, ok, type Problem, type Result } from '../../shared/result';
import { diskProblem } from './disk-problem';
import { connectLimit, silenceLimit } from './limits';
import { ConnectionTooSlow, openRequest, ProxyRefused } from './web-request';

const MOST_REDIRECTS = 5;
const MOST_BREAKS = 3;

export interface DownloadOptions {
  signal?: AbortSignal;
  onProgress: (done: number, total: number | undefined) => void;
}

/** Why an attempt ended: `broken` can be taken up again, the others cannot. */
type Attempt = { end: 'done' } | { end: 'broken'; reason: string } | { end: 'failed'; problem: Problem };

const failed = (result: { problem: Problem }): Attempt => ({ end: 'failed', problem: result.problem });

const unreachable = (address: URL, why: string): { ok: false; problem: Problem } =>
  fail(
    'setup/unreachable',
    `${address.host} could not be reached (${why}). Check the network, or set HTTPS_PROXY when this computer reaches the internet through a proxy.`,
  );

const cancelled = fail('setup/cancelled', 'Preparing the native engine was cancelled.');

/** The part that is there already, and the name (ETag or date) under which the server knows the file that it belongs to. */
interface Partial {
  file: string;
  bytes: number;
  validator: string | null;
}

async function partialOf(file: string): Promise<Partial> {
  const part = `${file}.part`;
  const bytes = await fs.stat(part).then(
    (stat) => stat.size,
    () => 0,
  );
  const validator = await fs.readFile(`${part}.name`, 'utf8').catch(() => null);
  return { file: part, bytes: validator === null ? 0 : bytes, validator };
}

function validatorOf(response: http.IncomingMessage): string | null {
  const { etag, 'last-modified': modified } = response.headers;
  // A weak ETag does not promise the same bytes.
  return etag !== undefined && !etag.startsWith('W/') ? etag : (modified ?? null);
}

async function followRedirects(
  address: URL,
  headers: http.OutgoingHttpHeaders,
  signal: AbortSignal,
): Promise<{ response: http.IncomingMessage; from: URL } | null> {
  let from = address;
  for (let turn = 0; turn <= MOST_REDIRECTS; turn++) {
    const response = await openRequest(from, { headers, signal, connect: connectLimit() });
    const { location } = response.headers;
    if (
      response.statusCode === undefined ||
      response.statusCode < 300 ||
      response.statusCode >= 400 ||
      location === undefined
    ) {
      return { response, from };
    }
    response.destroy();
    from = new URL(location, from);
  }
  return null;
}

/** Writes the body behind `start` bytes; gives whether that was all. Throws only what the disk says. */
async function writeBody(
  response: http.IncomingMessage,
  part: string,
  start: number,
  heard: (done: number) => void,
): Promise<boolean> {
  const target = await fs.open(part, start === 0 ? 'w' : 'a');
  const body = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let done = start;
  try {
    for (;;) {
      // A body that breaks off is no error: what has come is kept.
      const next = await body.next().catch(() => ({ done: true, value: undefined }) as const);
      if (next.done === true) return response.complete;
      await target.appendFile(next.value);
      done += next.value.length;
      heard(done);
    }
  } finally {
    response.destroy();
    await target.close();
  }
}

/** Ends what its signal is given to when the person cancels, or when nothing is heard for the silence limit. */
class Watch {
  readonly #stop = new AbortController();
  readonly #cancel = (): void => this.#stop.abort();
  readonly #cancelSignal: AbortSignal | undefined;
  #timer: NodeJS.Timeout | undefined;
  silent = false;

  constructor(cancelSignal: AbortSignal | undefined) {
    this.#cancelSignal = cancelSignal;
    cancelSignal?.addEventListener('abort', this.#cancel);
    if (cancelSignal?.aborted === true) this.#stop.abort();
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.silent = true;
      this.#stop.abort();
    }, silenceLimit());
  }

  /** Why it was ended, or null when it was not. */
  verdict(address: URL): Attempt | null {
    if (this.#cancelSignal?.aborted === true) return failed(cancelled);
    return this.silent ? failed(silence(address)) : null;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#cancelSignal?.removeEventListener('abort', this.#cancel);
  }
}

/** Where in the file the answer's body begins, or why it has none. The server may send all of it though the rest was asked for. */
async function startOf(response: http.IncomingMessage, from: URL, part: Partial): Promise<number | Attempt> {
  const { statusCode, headers } = response;
  if (statusCode === 200) return 0;
  if (statusCode === 206 && headers['content-range']?.startsWith(`bytes ${part.bytes}-`) === true)
    return part.bytes;
  response.destroy();
  if (statusCode === 206 || statusCode === 416) {
    await discard(part.file);
    return { end: 'broken', reason: 'the server could not go on where it broke off' };
  }
  return failed(fail('setup/refused', `${from.href} answered ${statusCode} instead of the file.`));
}

async function rememberName(part: Partial, validator: string | null): Promise<void> {
  if (validator === null) await fs.rm(`${part.file}.name`, { force: true });
  else await fs.writeFile(`${part.file}.name`, validator);
}

async function receive(address: URL, file: string, watch: Watch, options: DownloadOptions): Promise<Attempt> {
  const part = await partialOf(file);
  const rest =
    part.bytes > 0 && part.validator !== null
      ? { range: `bytes=${part.bytes}-`, 'if-range': part.validator }
      : {};
  const answer = await followRedirects(address, { 'accept-encoding': 'identity', ...rest }, watch.signal);
  if (answer === null)
    return failed(fail('setup/refused', `${address.href} was passed on more than ${MOST_REDIRECTS} times.`));
  const { response, from } = answer;
  const start = await startOf(response, from, part);
  if (typeof start !== 'number') return start;
  const length = Number(response.headers['content-length']);
  const total = length > 0 ? start + length : undefined;
  await rememberName(part, validatorOf(response));
  const complete = await writeBody(response, part.file, start, (done) => {
    watch.heard();
    options.onProgress(done, total);
  });
  const ended = watch.verdict(from);
  if (ended !== null) return ended;
  if (!complete) return { end: 'broken', reason: 'the connection broke off' };
  await fs.rename(part.file, file);
  await discard(part.file);
  return { end: 'done' };
}

async function attempt(address: URL, file: string, options: DownloadOptions): Promise<Attempt> {
  const watch = new Watch(options.signal);
  try {
    return await receive(address, file, watch, options);
  } catch (error) {
    return watch.verdict(address) ?? requestFailure(error, address, path.dirname(file));
  } finally {
    watch.end();
  }
}

const silence = (address: URL): { ok: false; problem: Problem } =>
  fail('setup/silent', `${address.host} sent nothing for ${Math.round(silenceLimit() / 1000)} s.`);

function requestFailure(error: unknown, address: URL, folder: string): Attempt {
  if (error instanceof ConnectionTooSlow)
    return failed(unreachable(address, `no connection within ${connectLimit() / 1000} s`));
  if (error instanceof ProxyRefused)
    return failed(fail('setup/proxy', `The proxy refused the way to ${address.host}: ${error.message}.`));
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'write' || syscall === 'open' || syscall === 'rename') {
    const problem = diskProblem(error, folder, 'cpu');
    if (problem !== null) return failed(problem);
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') return { end: 'broken', reason: 'the connection broke off' };
  if (error instanceof Error && code !== undefined) return failed(unreachable(address, code));
  throw error;
}

async function discard(part: string): Promise<void> {
  await fs.rm(part, { force: true });
  await fs.rm(`${part}.name`, { force: true });
}

/** Fetches `address` as `file`; a file that is there already is taken. */
export async function download(
  address: URL,
  file: string,
  options: DownloadOptions,
): Promise<Result<string>> {
  if (
    await fs.stat(file).then(
      (stat) => stat.isFile(),
      () => false,
    )
  )
    return ok(file);
  let reason = '';
  for (let turn = 0; turn < MOST_BREAKS; turn++) {
    const result = await attempt(address, file, options);
    if (result.end === 'done') return ok(file);
    if (result.end === 'failed') return { ok: false, problem: result.problem };
    reason = result.reason;
  }
  return fail('setup/broken-off', `The download of ${address.href} was not completed: ${reason}.`);
}
