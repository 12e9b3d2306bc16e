/** What stories of things that go wrong share: a folder for each, applications that are ended after it, a person at the window. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach } from 'vitest';
import type { Document } from '../../shared/document/document';
import { saveText } from '../../shared/document/load';
import { startApplication, type Application } from '../application';
import { chromium, lacks, nativeReady } from '../environment';
import { moons } from '../host/hosted';
import { canMount } from '../small-disk';
import { hasProcessTable } from './engines';

export const examples = path.resolve(import.meta.dirname, '../../assets/examples');
export const noWindow = lacks('Chromium', chromium !== null);
export const noTraining =
  lacks('the native engine', nativeReady) || lacks('a process table', hasProcessTable);
export const noSmallDisk = lacks('a small disk to fill (mount is not permitted)', canMount);
/** More than a test will wait for. */
const LONG = 20_000;

/** Two moons for longer than a test waits, drawn so that every block can be reached. */
export function longMoons(): Document {
  const document = moons({ epochs: LONG });
  Object.values(document.blocks).forEach(
    (block, i) => (block.position = { x: 200 * (i % 4), y: 144 * Math.floor(i / 4) }),
  );
  return document;
}

/** The example with its convolutional network, on few digits. */
export function fewDigits(change: (document: Document) => void): string {
  const document = JSON.parse(readFileSync(path.join(examples, 'digits-cnn.axon'), 'utf8')) as Document;
  for (const block of Object.values(document.blocks)) if (block.type === 'Digits') block.params.count = 600;
  change(document);
  return saveText(document);
}

/** Each story begins at the beginning: `place` makes a folder of projects with a data folder of its own. */
export function stories() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry bad input '));
  const applications: Application[] = [];
  let places = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));
  afterEach(async () => {
    for (const application of applications.splice(0)) {
      if (application.process.exitCode === null && application.process.signalCode === null)
        await application.close();
    }
  });
  return {
    place: (): { root: string; env: Record<string, string> } => {
      const root = path.join(folder, `story ${++places}`);
      mkdirSync(root);
      return { root, env: { AXONRY_DATA: path.join(root, '.data') } };
    },
    start: async (root: string, env: Record<string, string>): Promise<Application> => {
      const application = await startApplication(root, env);
      applications.push(application);
      return application;
    },
  };
}

export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+o');
  await page.getByRole('option', { name }).dblclick();
}
export const alert = (page: Page) => page.getByRole('alert');
export const rows = (page: Page) => page.locator('.epoch-table tbody tr').count();
