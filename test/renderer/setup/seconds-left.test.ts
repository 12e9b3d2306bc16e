// @vitest-environment jsdom
/** How long the preparation of the engine takes still, as the window says it. */
import { expect, it, vi } from 'vitest';

// The store connects when it is loaded; nobody answers here.
vi.stubGlobal(
  'WebSocket',
  class {
    addEventListener() {
      return undefined;
    }
  },
);
const { secondsLeft, timed } = await import('../../../renderer/state/machine-store');

const told = (done: number) => ({ stage: 'download', message: 'Downloading', done, total: 1000 });

it('is counted from what was fetched in this try, once two seconds have passed', () => {
  const first = timed(null, told(400), 10_000);
  expect(secondsLeft(first)).toBeNull();
  expect(secondsLeft(timed(first, told(450), 11_000))).toBeNull();
  // 200 in four seconds, 400 to go.
  expect(secondsLeft(timed(first, told(600), 14_000))).toBe(8);
});

it('begins anew with another step, and says nothing where nothing is counted', () => {
  const first = timed(null, told(400), 10_000);
  expect(secondsLeft(timed(first, { ...told(0), message: 'Unpacking' }, 14_000))).toBeNull();
  expect(secondsLeft(timed(first, { stage: 'check', message: 'Trying' }, 14_000))).toBeNull();
});
