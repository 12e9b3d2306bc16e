/**
 * What watching costs: the same run started by a program alone, and started in a window that draws its curves, in turn.
 * A browser is open both times, so that what differs is the telemetry and its drawing.
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

async function samplesPerSecond(browser: Browser, watched: boolean): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-telemetry-'));
  const application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
  const client = await HostClient.connect(application.address);
  try {
    if (watched) await runInWindow(browser, application, client);
    else {
      const { project, document } = await client.need('openExample', { name: 'digits-cnn' });
      await client.need('startRun', { project, document });
    }
    const isReport = (event: HostEvent) => event.type === 'run' && event.event.type === 'report';
    const end = await client.waitFor(isReport);
    return end.type === 'run' && end.event.type === 'report' ? end.event.samplesPerSecond : NaN;
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
  const alone: number[] = [];
  const watched: number[] = [];
  for (let round = 0; round < (Number(rounds) || ROUNDS); round++) {
    alone.push(await samplesPerSecond(browser, false));
    watched.push(await samplesPerSecond(browser, true));
  }
  await browser.close();
  const ratio = median(watched.map((value, i) => value / alone[i]));
  console.log(
    `samples/s alone ${Math.round(median(alone))}, watched ${Math.round(median(watched))} (medians of ${alone.length}); ` +
      `watching costs ${(100 * (1 - ratio)).toFixed(1)} % (asked \u2264 5 %)`,
  );
  return ratio >= 0.95;
}
