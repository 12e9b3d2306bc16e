/**
 * What watching costs: the same run without a window and with a window that draws its curves, in turn. The window's own
 * browser takes part of the machine too; both figures are printed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { HostEvent } from '../../shared/protocol/host-api';
import { HostClient, openBrowser, openWindow, startApplication } from '../application';

const ROUNDS = 5;
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

type RunEnd = Extract<HostEvent, { type: 'run' }>;
const endOf =
  (run: string) =>
  (event: HostEvent): event is RunEnd =>
    event.type === 'run' && event.run === run && event.event.type === 'report';

async function speed(folder: string, watched: boolean): Promise<number> {
  const application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
  const client = await HostClient.connect(application.address);
  const opened = await client.need('openExample', { name: 'digits-cnn' });
  const browser = watched ? await openBrowser() : null;
  try {
    if (browser) {
      application.process.kill('SIGUSR2');
    }
    const { run } = await client.need('startRun', { project: opened.project, document: opened.document });
    const end = await client.waitFor(endOf(run));
    return end.event.type === 'report' ? end.event.samplesPerSecond : 0;
  } finally {
    await browser?.close();
    client.close();
    await application.close();
  }
}

export async function bench(): Promise<boolean> {
  void openWindow;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-telemetry-'));
  const alone: number[] = [];
  const watched: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await speed(folder, false));
    watched.push(await speed(folder, true));
  }
  rmSync(folder, { recursive: true, force: true });
  const ratio = median(watched.map((value, i) => value / alone[i]));
  console.log(
    `samples/s alone ${Math.round(median(alone))}, watched ${Math.round(median(watched))}; watching costs ${(100 * (1 - ratio)).toFixed(1)} %`,
  );
  return ratio >= 0.95;
}
