/**
 * What watching costs: the same run started by a program alone, and started in a window that draws its curves, in turn.
 * A browser is open both times, so that what differs is the telemetry and its drawing. Other work on the machine moves the
 * speeds; what the browser's processes themselves take of the processors is told beside it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { HostEvent } from '../../shared/protocol/host-api';
import { HostClient, openBrowser, startApplication, type Application } from '../application';

const ROUNDS = 5;
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** A window that has the example open and presses Run. It enters with the client's cookie: a token opens once. */
async function runInWindow(
  browser: Browser,
  { address }: Application,
  { cookie }: HostClient,
): Promise<void> {
  const { origin } = new URL(address);
  const [name, value] = cookie.split('=');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name, value, url: origin }]);
  const page = await context.newPage();
  await page.goto(origin);
  await page.locator('.react-flow__node').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('.curve').first().waitFor();
}

/** Seconds of processor time that all processes of the browser have had. */
async function browserSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

interface Measured {
  samplesPerSecond: number;
  /** What the browser took of all processors while the run trained, 0 to 1. */
  share: number;
}

async function measure(browser: Browser, watched: boolean): Promise<Measured> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-telemetry-'));
  const application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
  const client = await HostClient.connect(application.address);
  try {
    if (watched) await runInWindow(browser, application, client);
    else {
      const { project, document } = await client.need('openExample', { name: 'digits-cnn' });
      await client.need('startRun', { project, document });
    }
    const before = { browser: await browserSeconds(browser), time: performance.now() };
    const isReport = (event: HostEvent) => event.type === 'run' && event.event.type === 'report';
    const end = await client.waitFor(isReport);
    const seconds = (performance.now() - before.time) / 1000;
    const share = ((await browserSeconds(browser)) - before.browser) / seconds / os.cpus().length;
    const samplesPerSecond =
      end.type === 'run' && end.event.type === 'report' ? end.event.samplesPerSecond : NaN;
    return { samplesPerSecond, share };
  } finally {
    for (const context of browser.contexts()) await context.close();
    client.close();
    await application.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints both speeds and the cost; the argument is how many rounds. */
export async function bench([rounds]: readonly string[]): Promise<boolean> {
  const browser = await openBrowser();
  const alone: Measured[] = [];
  const watched: Measured[] = [];
  for (let round = 0; round < (Number(rounds) || ROUNDS); round++)
    for (const isWatched of round % 2 === 0 ? [false, true] : [true, false])
      (isWatched ? watched : alone).push(await measure(browser, isWatched));
  await browser.close();
  const speed = (all: Measured[]) => Math.round(median(all.map(({ samplesPerSecond }) => samplesPerSecond)));
  const ratio = median(watched.map((one, i) => one.samplesPerSecond / alone[i].samplesPerSecond));
  console.log(
    `samples/s alone ${speed(alone)}, watched ${speed(watched)} (medians of ${alone.length}); ` +
      `watching costs ${(100 * (1 - ratio)).toFixed(1)} % (asked \u2264 5 %); ` +
      `the browser took ${(100 * median(watched.map(({ share }) => share))).toFixed(1)} % of the processors while watching, ` +
      `${(100 * median(alone.map(({ share }) => share))).toFixed(1)} % else`,
  );
  return ratio >= 0.95;
}
