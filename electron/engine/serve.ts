/**
 * Owns how requests are taken: validated, answered once, one after another where they touch the model, at once where they
 * steer a run that is going. Knows no request by name.
 */
import type { z } from 'zod';
import { engineRequest, type EngineRequest } from '../../shared/protocol/engine';
import { saysOutOfMemory } from '../../shared/protocol/out-of-memory';
import { fail, type Problem, type Result } from '../../shared/result';
import { Unreadable } from '../data/opened-file';
import type { Port } from './port';

export interface Service {
  /** `at once`: heard while another request is being worked on. */
  turn: 'in order' | 'at once';
  answer(params: unknown): Promise<Result<unknown>>;
  /** Once the answer is on its way. */
  afterwards?: () => void;
}
export type Services = Readonly<Record<string, Service>>;

/** A request with its schema; what does not fit is refused before `work` sees it. */
export function service<Schema extends z.ZodType>(
  turn: Service['turn'],
  schema: Schema,
  work: (params: z.infer<Schema>) => Result<unknown> | Promise<Result<unknown>>,
): Service {
  return {
    turn,
    answer: async (params) => {
      const checked = schema.safeParse(params);
      if (checked.success) return work(checked.data);
      const [issue] = checked.error.issues;
      return fail(
        'engine/bad-request',
        `The engine was asked with ${issue.path.join('.') || 'parameters'} that it cannot use: ${issue.message}.`,
      );
    },
  };
}

const detailsOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** What a person is told of data that can be read no more, and of a bug; where that lies goes to stderr. */
export function unexpected(error: unknown): { ok: false; problem: Problem } {
  if (error instanceof Unreadable) return { ok: false, problem: error.problem };
  process.stderr.write(`${detailsOf(error)}\n`);
  const said = error instanceof Error ? error.message : String(error);
  if (saysOutOfMemory(said))
    return fail(
      'engine/out-of-memory',
      'The engine found no memory to go on. What was saved before is unharmed. Close other programs and continue the run, or start another with a smaller batch_size.',
    );
  // TensorFlow's own words stand in the second line.
  const reason = (/^Message: (.*)$/m.exec(said)?.[1] ?? said.split('\n')[0]).slice(0, 300);
  return fail(
    'engine/failed',
    `The engine met an error of its own (${reason}). What was saved before is unharmed. Start it again.`,
  );
}

/** The host tells a person of an engine that has said nothing for a few of these. */
const ALIVE_MILLISECONDS = 500;

export class Server {
  private readonly open = new Set<number>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly port: Port,
    private readonly services: Services,
  ) {
    port.onMessage((message) => this.take(message));
    setInterval(() => {
      if (this.open.size > 0) void port.send({ kind: 'alive' });
    }, ALIVE_MILLISECONDS).unref();
  }

  /** Answers whatever is still open; for an end that nobody planned. */
  async failAll(error: unknown): Promise<void> {
    const result = unexpected(error);
    await Promise.all([...this.open].map((id) => this.reply(id, result)));
  }

  private take(message: unknown): void {
    const request = engineRequest.safeParse(message);
    if (!request.success) {
      process.stderr.write('a message that is no request was left out\n');
      return;
    }
    this.open.add(request.data.id);
    if (this.services[request.data.method]?.turn === 'at once') void this.work(request.data);
    else this.last = this.last.then(() => this.work(request.data));
  }

  private async work({ id, method, params }: EngineRequest): Promise<void> {
    const known = Object.hasOwn(this.services, method) ? this.services[method] : undefined;
    const result = known
      ? await known.answer(params).catch(unexpected)
      : fail('engine/unknown-request', `This engine knows no request “${method}”.`);
    await this.reply(id, result);
    if (result.ok) known?.afterwards?.();
  }

  private async reply(id: number, result: Result<unknown>): Promise<void> {
    if (this.open.delete(id)) await this.port.send({ kind: 'answer', id, result });
  }
}
