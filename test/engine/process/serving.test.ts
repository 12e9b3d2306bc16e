/** How requests are taken: in order or at once, answered once, and a bug becomes a sentence. */
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { EngineMessage } from '../../../shared/protocol/engine';
import { ok } from '../../../shared/result';
import type { Port } from '../../../electron/engine/port';
import { Server, service, type Services } from '../../../electron/engine/serve';

/** A port within this process. */
class Wire implements Port {
  readonly sent: EngineMessage[] = [];
  private listener: (message: unknown) => void = () => undefined;
  send(message: EngineMessage): Promise<void> {
    this.sent.push(message);
    return Promise.resolve();
  }
  onMessage(listener: (message: unknown) => void): void {
    this.listener = listener;
  }
  onClose(): void {}
  say(message: unknown): void {
    this.listener(message);
  }
  answers(): [number, string][] {
    return this.sent.flatMap((message) =>
      message.kind === 'answer'
        ? [
            [
              message.id,
              message.result.ok ? String(message.result.value) : message.result.problem.message,
            ] as [number, string],
          ]
        : [],
    );
  }
}

const none = z.object({});
function gate(): { open: () => void; passed: Promise<void> } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}
const serve = (services: Services): { wire: Wire; server: Server } => {
  const wire = new Wire();
  return { wire, server: new Server(wire, services) };
};

describe('requests', () => {
  it('that touch the model wait for each other, those that steer do not', async () => {
    const first = gate();
    const begun: string[] = [];
    const { wire } = serve({
      long: service('in order', none, async () => {
        begun.push('long');
        await first.passed;
        return ok('long');
      }),
      next: service('in order', none, () => {
        begun.push('next');
        return ok('next');
      }),
      now: service('at once', none, () => ok('now')),
    });
    for (const [id, method] of ['long', 'next', 'now'].entries()) wire.say({ id, method, params: {} });
    await vi.waitFor(() => expect(wire.answers()).toEqual([[2, 'now']]));
    expect(begun).toEqual(['long']);
    first.open();
    await vi.waitFor(() => expect(wire.answers().map(([id]) => id)).toEqual([2, 0, 1]));
  });

  it('that meet a bug are answered with a sentence, and the next one is still taken', async () => {
    const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { wire } = serve({
      broken: service('in order', none, () => {
        throw new Error('index 7 is out of range\n    at secret.ts');
      }),
      whole: service('in order', none, () => ok('fine')),
    });
    wire.say({ id: 1, method: 'broken', params: {} });
    wire.say('nonsense');
    wire.say({ id: 2, method: 'whole', params: {} });
    await vi.waitFor(() => expect(wire.answers()).toHaveLength(2));
    errors.mockRestore();
    const [[, sentence], [, fine]] = wire.answers();
    expect(sentence).toContain('The engine met an error of its own (index 7 is out of range).');
    expect(sentence).not.toContain('secret.ts');
    expect(fine).toBe('fine');
  });

  it('that are open when everything breaks down are answered before the end, once', async () => {
    const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const never = gate();
    const { wire, server } = serve({
      endless: service('in order', none, async () => {
        await never.passed;
        return ok('late');
      }),
    });
    wire.say({ id: 1, method: 'endless', params: {} });
    wire.say({ id: 2, method: 'endless', params: {} });
    await server.failAll(new Error('out of memory'));
    errors.mockRestore();
    expect(wire.answers().map(([id, text]) => [id, text.includes('found no memory')])).toEqual([
      [1, true],
      [2, true],
    ]);
    never.open();
    await new Promise((resolve) => setImmediate(resolve));
    expect(wire.answers()).toHaveLength(2);
  });
});
