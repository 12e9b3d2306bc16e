/**
 * The desktop application in figures: how soon its window can be used, how much memory it takes idle, whether memory grows
 * over twenty projects that are opened, trained and closed, and how long a step's figures are on their way to the screen.
 */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { answerWith, Computer, exited, projectFolder, quit, type Desktop } from '../e2e/desktop-application';

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const MB = 2 ** 20;

const LIMITS = { interactive: 2000, idle: 350 * MB, growth: 1.1, telemetry: 100 };
const STARTS = 5;
const CYCLES = 20;
/** What is loaded once, on first use, is no growth. */
const SETTLED_AFTER = 5;

/** Proportional set size: a page that several processes share counts once. */
function memoryOf(computer: Computer, desktop: Desktop): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const own = pids.filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return Number(pid) === desktop.child.pid || command.includes(computer.data) || isChildOf(pid, desktop);
    } catch {
      return false;
    }
  });
  return own.reduce((sum, pid) => sum + pss(pid), 0);
}

const parentOf = (pid: string): number =>
  Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** Chromium starts some of its processes through others. */
function isChildOf(pid: string, { child }: Desktop): boolean {
  for (let current = Number(pid); current > 1; current = parentOf(String(current)))
    if (current === child.pid) return true;
  return false;
}

function pss(pid: string): number {
  try {
    return 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function startTimes(computer: Computer): Promise<number[]> {
  const times: number[] = [];
  const example = path.join(computer.folder, 'moons.axon');
  copyFileSync(path.join(projectFolder, 'assets/examples/moons.axon'), example);
  // The first one fills the caches of the disk and of Chromium.
  for (let start = 0; start <= STARTS; start++) {
    const began = performance.now();
    const desktop = await computer.start(start === 0 ? { args: [example] } : {});
    await desktop.page.locator('.react-flow__node, .start h1').first().waitFor();
    if (start > 0) times.push(performance.now() - began);
    // With something recent, later starts show the start page, and no engine reads data.
    await quit(desktop);
  }
  return times;
}

async function newWindow({ app }: Desktop): Promise<Page> {
  const opening = app.waitForEvent('window');
  await app.evaluate(({ Menu }) => {
    const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&File');
    file?.submenu?.items.find(({ label }) => label === 'New Window')?.click();
  });
  return opening;
}

/** Opens the two moons, trains them to the end, closes the window. */
async function cycle(desktop: Desktop): Promise<void> {
  const page = await newWindow(desktop);
  const finished = page.getByRole('status').filter({ hasText: 'Finished' });
  await page.getByRole('button', { name: 'Two moons' }).or(page.getByText('Two moons')).first().click();
  await page.locator('.react-flow__node').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await finished.waitFor({ timeout: 120_000 });
  const closed = new Promise<void>((resolve) => page.once('close', () => resolve()));
  await desktop.app.evaluate(({ BrowserWindow }) => {
    const [latest] = BrowserWindow.getAllWindows().sort((a, b) => b.id - a.id);
    latest.close();
  });
  await closed;
}

interface Seen {
  /** When the engine knew the figures of a step. */
  events: { time: number; step: number; epoch: number }[];
  /** When a frame showed them. */
  frames: { at: number; step: number; epoch: number }[];
}

/** Watches the run bar while the digits example trains. */
async function latencies(desktop: Desktop, seconds: number): Promise<number[]> {
  const page = await newWindow(desktop);
  await page.getByText('Handwritten digits').first().click();
  await page.locator('.react-flow__node').first().waitFor();
  await page.evaluate(() => {
    const seen: Seen = { events: [], frames: [] };
    Object.assign(window, { seen });
    window.axonry?.subscribe((event) => {
      if (event.type !== 'run' || event.event.type !== 'progress') return;
      const { time, stepInEpoch, epoch } = event.event;
      seen.events.push({ time, step: stepInEpoch, epoch });
    });
    const digits = (text: string | undefined) => Number((text ?? '').replace(/\D/g, ''));
    const look = () => {
      const text = document.querySelector('.run-progress')?.textContent ?? '';
      const [, epoch, step] = /Epoch (\S+) of.*?step (.+?) of/.exec(text) ?? [];
      const last = seen.frames[seen.frames.length - 1];
      if (step !== undefined && (!last || last.step !== digits(step) || last.epoch !== digits(epoch)))
        seen.frames.push({ at: Date.now(), step: digits(step), epoch: digits(epoch) });
      requestAnimationFrame(look);
    };
    look();
  });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('status').filter({ hasText: 'Training' }).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(seconds * 1000);
  const { events, frames } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
  return events.flatMap(({ time, step, epoch }) => {
    const frame = frames.find((one) => one.step === step && one.epoch === epoch);
    return frame ? [frame.at - time] : [];
  });
}

function say(what: string, value: string, asked: string, fits: boolean): boolean {
  console.log(`${what.padEnd(44)} ${value.padStart(10)}  (asked ${asked})${fits ? '' : '  NOT MET'}`);
  return fits;
}

/** The argument is how many cycles. */
export async function bench([cycles]: readonly string[]): Promise<boolean> {
  const computer = new Computer();
  const count = Number(cycles) || CYCLES;
  const times = await startTimes(computer);
  const desktop = await computer.start();
  try {
    await answerWith(desktop.app, 1);
    const memory: number[] = [];
    const idle = memoryOf(computer, desktop);
    for (let done = 0; done < count; done++) {
      await cycle(desktop);
      memory.push(memoryOf(computer, desktop));
    }
    const latency = (await latencies(desktop, 20)).sort((a, b) => a - b);
    const p95 = latency[Math.floor(0.95 * latency.length)] ?? NaN;
    await quit(desktop);
    await exited(desktop);
    const left = computer.leftProcesses().length;
    const settled = memory[Math.min(SETTLED_AFTER, memory.length - 1)];
    const growth = median(memory.slice(-3)) / settled;
    return [
      say(
        `window can be used after (median of ${times.length})`,
        `${Math.round(median(times))} ms`,
        `\u2264 ${LIMITS.interactive} ms`,
        median(times) <= LIMITS.interactive,
      ),
      say(
        'memory of an idle window',
        `${Math.round(idle / MB)} MB`,
        `\u2264 ${LIMITS.idle / MB} MB`,
        idle <= LIMITS.idle,
      ),
      say(
        `memory after ${count} cycles against cycle ${SETTLED_AFTER + 1}`,
        growth.toFixed(2),
        `\u2264 ${LIMITS.growth}`,
        growth <= LIMITS.growth,
      ),
      say('processes left after quitting', String(left), '0', left === 0),
      say(
        `engine to screen, p95 of ${latency.length} (p50 ${Math.round(median(latency))} ms)`,
        `${Math.round(p95)} ms`,
        `\u2264 ${LIMITS.telemetry} ms`,
        p95 <= LIMITS.telemetry,
      ),
    ].every(Boolean);
  } finally {
    await computer.remove(desktop);
  }
}
