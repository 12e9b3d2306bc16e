/** What goes wrong while the application runs: the window and the socket say it in a sentence, and nothing saved is lost. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../shared/document/document';
import { saveText } from '../../shared/document/load';
import type { HostEvent } from '../../shared/protocol/host-api';
import { HostClient, openBrowser, openWindow, startApplication, type Application } from '../application';
import { chromium, lacks, nativeReady } from '../environment';
import { moons } from '../host/hosted';
import { canMount, SmallDisk } from '../small-disk';
import { Canvas } from './canvas';
import { enginesOf, hasProcessTable, isAlive } from './engines';

const examples = path.resolve(import.meta.dirname, '../../assets/examples');
const noWindow = lacks('Chromium', chromium !== null);
const noTraining = lacks('the native engine', nativeReady) || lacks('a process table', hasProcessTable);
/** More than a test will wait for. */
const LONG = 20_000;

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry bad input '));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

/** Two moons for longer than a test waits, drawn so that every block can be reached. */
function longMoons(): Document {
  const document = moons({ epochs: LONG });
  Object.values(document.blocks).forEach(
    (block, i) => (block.position = { x: 200 * (i % 4), y: 144 * Math.floor(i / 4) }),
  );
  return document;
}

/** The example with its convolutional network, on few digits. */
function fewDigits(change: (document: Document) => void): string {
  const document = JSON.parse(readFileSync(path.join(examples, 'digits-cnn.axon'), 'utf8')) as Document;
  for (const block of Object.values(document.blocks)) if (block.type === 'Digits') block.params.count = 600;
  change(document);
  return saveText(document);
}

let places = 0;
/** A folder of projects and a data folder of its own, so that each story begins at the beginning. */
function place(): { root: string; env: Record<string, string> } {
  const root = path.join(folder, `story ${++places}`);
  mkdirSync(root);
  return { root, env: { AXONRY_DATA: path.join(root, '.data') } };
}

const applications: Application[] = [];
async function start(root: string, env: Record<string, string>): Promise<Application> {
  const application = await startApplication(root, env);
  applications.push(application);
  return application;
}
const pidOf = ({ process: { pid } }: Application): number => pid ?? -1;

/** As the system ends a program that takes too much memory. */
async function kill(application: Application): Promise<void> {
  const ended = new Promise((resolve) => application.process.once('exit', resolve));
  application.process.kill('SIGKILL');
  await ended;
}

afterEach(async () => {
  for (const application of applications.splice(0)) {
    if (application.process.exitCode === null && application.process.signalCode === null)
      await application.close();
  }
});

const epochs = (events: readonly HostEvent[]): number[] =>
  events.flatMap((event) =>
    event.type === 'run' && event.event.type === 'epoch' ? [event.event.epoch] : [],
  );
const hasEpoch = (least: number) => (event: HostEvent) =>
  event.type === 'run' && event.event.type === 'epoch' && event.event.epoch >= least;

describe.skipIf(noTraining)('through the socket', () => {
  it('an engine that is killed costs nothing but the time since the last checkpoint', async () => {
    const { root, env } = place();
    writeFileSync(path.join(root, 'long.axon'), saveText(longMoons()));
    const application = await start(root, env);
    const client = await HostClient.connect(application.address);
    const { project, document } = await client.need('openProject', { path: path.join(root, 'long.axon') });
    const { run } = await client.need('startRun', { project, document });
    await client.waitFor(hasEpoch(3));
    const [engine] = enginesOf(pidOf(application), 'train');
    process.kill(engine, 'SIGKILL');
    const killed = Date.now();
    const lost = await client.waitFor((event) => event.type === 'run-state' && event.record.state === 'lost');
    expect(Date.now() - killed).toBeLessThan(2000);
    const message = lost.type === 'run-state' ? (lost.record.message ?? '') : '';
    const [, kept] =
      /signal SIGKILL.* Everything up to epoch (\d+) is kept\. Continue the run to go on\./.exec(message) ??
      [];
    expect(Number(kept)).toBeGreaterThanOrEqual(3);
    const before = client.events.length;
    await client.need('continueRun', { run });
    await client.waitFor(hasEpoch(Number(kept) + 2));
    expect(epochs(client.events.slice(before))[0]).toBe(Number(kept) + 1);
    await client.need('stopRun', { run });
    await client.waitFor((event) => event.type === 'run-state' && event.record.state === 'stopped');
    client.close();
  }, 60_000);

  it('an application that is killed leaves no engine behind; the next one offers the run and what was not saved', async () => {
    const { root, env } = place();
    const file = path.join(root, 'long.axon');
    writeFileSync(file, saveText(longMoons()));
    const saved = readFileSync(file, 'utf8');
    const first = await start(root, env);
    const client = await HostClient.connect(first.address);
    const { project, document } = await client.need('openProject', { path: file });
    const { run } = await client.need('startRun', { project, document });
    const edited = structuredClone(document);
    edited.blocks.dense.params.units = 9;
    await client.need('autosave', { project, document: edited });
    await client.waitFor(hasEpoch(2));
    const engines = enginesOf(pidOf(first));
    expect(engines.length).toBeGreaterThan(0);
    await kill(first);
    await expect.poll(() => engines.filter(isAlive), { timeout: 5000 }).toEqual([]);

    const second = await start(root, env);
    const again = await HostClient.connect(second.address);
    const [recovery] = (await again.need('start', {})).recoveries;
    expect(recovery.name).toBe('long');
    expect(readFileSync(file, 'utf8')).toBe(saved);
    const recovered = await again.need('openRecovery', { recovery: recovery.recovery });
    expect(recovered.document.blocks.dense.params.units).toBe(9);
    expect(recovered.path).toBe(file);
    const [record] = await again.need('listRuns', { project: recovered.project });
    expect(record).toMatchObject({ run, state: 'lost' });
    const [, kept] = /Everything up to epoch (\d+) is kept/.exec(record.message ?? '') ?? [];
    await again.need('continueRun', { run });
    await again.waitFor(hasEpoch(Number(kept) + 1));
    expect(epochs(again.events)[0]).toBe(Number(kept) + 1);
    again.close();
  }, 60_000);
});

describe.skipIf(lacks('a small disk to fill (mount is not permitted)', canMount))(
  'a full disk, through the socket',
  () => {
    it('refuses to save, keeps the file and the drawing, and saves once there is room', async () => {
      const disk = new SmallDisk();
      try {
        const file = path.join(disk.folder, 'net.axon');
        copyFileSync(path.join(examples, 'moons.axon'), file);
        const before = readFileSync(file, 'utf8');
        const application = await start(disk.folder, { AXONRY_DATA: path.join(disk.folder, 'data') });
        const client = await HostClient.connect(application.address);
        const { project, document } = await client.need('openProject', { path: file });
        document.blocks.dense.params.units = 9;
        disk.fill();
        for (const method of ['saveProject', 'autosave'] as const) {
          const refused = await client.ask(method, { project, document });
          expect(refused).toMatchObject({ ok: false, problem: { code: 'file/enospc' } });
          if (!refused.ok)
            expect(refused.problem.message).toMatch(/could not be saved: the disk is full\. Free some space/);
        }
        expect(readFileSync(file, 'utf8')).toBe(before);
        expect(readdirSync(disk.folder).filter((name) => name.startsWith('.net'))).toEqual([]);
        disk.free();
        await client.need('saveProject', { project, document });
        expect(readFileSync(file, 'utf8')).toContain('"units": 9');
        const below = await client.ask('saveProject', {
          project,
          document,
          path: path.join(file, 'inside.axon'),
        });
        expect(below).toMatchObject({ ok: false, problem: { code: 'file/enotdir' } });
        client.close();
        await application.close();
      } finally {
        disk.close();
      }
    });
  },
);

describe.skipIf(noWindow)('in the window', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function openFile(page: Page, name: string): Promise<void> {
    await page.keyboard.press('Control+o');
    await page.getByRole('option', { name }).dblclick();
  }
  const alert = (page: Page) => page.getByRole('alert');
  const rows = (page: Page) => page.locator('.epoch-table tbody tr').count();

  it('a file that cannot be opened is named, and what was open stays', async () => {
    const { root, env } = place();
    const bad: [name: string, content: string, says: RegExp][] = [
      ['text.axon', 'no project', /Line 1 of .*text\.axon cannot be read.*older copy/],
      [
        'later.axon',
        saveText(moons()).replace('"schema": 1', '"schema": 99'),
        /later\.axon has file version 99.*newer Axonry/,
      ],
      ['void.axon', '', /Line 1 of .*void\.axon cannot be read: the text ends too early/],
    ];
    for (const [name, content] of bad) writeFileSync(path.join(root, name), content);
    const application = await start(root, env);
    const { page, problems } = await openWindow(browser, application.address);
    await page.locator('.react-flow__node').first().waitFor();
    const drawn = await page.locator('.react-flow__node').count();
    for (const [name, content, says] of bad) {
      await openFile(page, name);
      await alert(page).filter({ hasText: says }).waitFor();
      expect(await page.locator('.react-flow__node').count()).toBe(drawn);
      expect(readFileSync(path.join(root, name), 'utf8')).toBe(content);
      await page.getByRole('button', { name: 'Dismiss' }).click();
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('a project with an unknown block, a loop or bad data opens, and says what is wrong on the block', async () => {
    const { root, env } = place();
    const unknown = moons();
    unknown.blocks.dense.type = 'Quantum';
    const loop = moons();
    loop.wires.w2.from = { block: 'output', port: 'output' };
    const table = moons();
    table.blocks.data = { ...table.blocks.data, type: 'CSVTable', params: { path: 'word.csv' } };
    writeFileSync(path.join(root, 'word.csv'), 'a,b,kind\n1,2,x\n3,many,y\n5,6,x\n');
    const drawn: [string, Document, RegExp][] = [
      ['unknown', unknown, /Quantum is not a block of this version/],
      ['loop', loop, /feed each other in a loop/],
      ['table', table, /word\.csv, line 3, column b: “many” is not a number/],
    ];
    for (const [name, document] of drawn) writeFileSync(path.join(root, `${name}.axon`), saveText(document));
    const application = await start(root, env);
    const { page, problems } = await openWindow(browser, application.address);
    await page.locator('.react-flow__node').first().waitFor();
    for (const [name, document, says] of drawn) {
      await openFile(page, `${name}.axon`);
      await expect
        .poll(() => page.locator('.react-flow__node').count())
        .toBe(Object.keys(document.blocks).length);
      await expect.poll(() => page.getByLabel('Problems').innerText()).toMatch(says);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it('no network at the first start is told when a network is run', async () => {
    const { root, env } = place();
    const nowhere = 'http://127.0.0.1:9';
    const application = await start(root, {
      ...env,
      HTTPS_PROXY: nowhere,
      https_proxy: nowhere,
      HTTP_PROXY: nowhere,
      http_proxy: nowhere,
      AXONRY_CACHE: path.join(root, 'cache'),
      AXONRY_NATIVE: '',
      AXONRY_SETUP_SILENCE_MS: '2000',
      AXONRY_SETUP_CONNECT_MS: '1000',
    });
    const { page } = await openWindow(browser, application.address);
    await page.locator('.react-flow__node').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await alert(page)
      .filter({ hasText: /The native engine could not be prepared\..*Check the network/ })
      .first()
      .waitFor({ timeout: 45_000 });
    await page.context().close();
  }, 60_000);

  describe.skipIf(noTraining)('while it trains', () => {
    it('an engine that is killed is told within two seconds, and Continue goes on from the checkpoint', async () => {
      const { root, env } = place();
      writeFileSync(path.join(root, 'long.axon'), saveText(longMoons()));
      const application = await start(root, env);
      const { page, problems } = await openWindow(browser, application.address);
      await page.locator('.react-flow__node').first().waitFor();
      await openFile(page, 'long.axon');
      await expect.poll(() => page.locator('.react-flow__node').count()).toBe(8);
      await page.keyboard.press('Control+Enter');
      await expect.poll(() => rows(page), { timeout: 30_000 }).toBeGreaterThan(2);
      const [engine] = enginesOf(pidOf(application), 'train');
      process.kill(engine, 'SIGKILL');
      const killed = Date.now();
      await alert(page).filter({ hasText: 'The engine ended unexpectedly' }).waitFor();
      expect(Date.now() - killed).toBeLessThan(2000);
      await page.getByRole('status').filter({ hasText: 'Broken off, run 1' }).waitFor();
      const words = await alert(page).innerText();
      const [, kept] = /signal SIGKILL.*Everything up to epoch (\d+) is kept/.exec(words) ?? [];
      expect(words.match(/is kept/g)).toHaveLength(1);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('status').filter({ hasText: 'Training, run 1' }).waitFor();
      await expect.poll(() => rows(page), { timeout: 30_000 }).toBeGreaterThan(Number(kept) + 2);
      await page.getByRole('button', { name: 'Stop and keep best' }).click();
      await page.getByRole('status').filter({ hasText: 'Stopped, run 1' }).waitFor();
      expect(problems).toEqual([]);
      await page.context().close();
    }, 90_000);

    it('an application that is killed leaves the window with its drawing; the next window opens the copy and offers the run', async () => {
      const { root, env } = place();
      writeFileSync(path.join(root, 'long.axon'), saveText(longMoons()));
      const first = await start(root, env);
      const { page } = await openWindow(browser, first.address);
      await page.locator('.react-flow__node').first().waitFor();
      await openFile(page, 'long.axon');
      await expect.poll(() => page.locator('.react-flow__node').count()).toBe(8);
      const canvas = new Canvas(page);
      await canvas.select('dense');
      await page.getByLabel('units', { exact: true }).fill('9');
      await page.getByLabel('units', { exact: true }).press('Enter');
      await expect
        .poll(() => page.locator('.saved-state').innerText(), { timeout: 10_000 })
        .toContain('copy kept');
      await page.keyboard.press('Control+Enter');
      await expect.poll(() => rows(page), { timeout: 30_000 }).toBeGreaterThan(1);
      const engines = enginesOf(pidOf(first));
      await kill(first);
      await page.getByRole('status').filter({ hasText: 'The connection to Axonry is lost' }).waitFor();
      await expect.poll(() => engines.filter(isAlive), { timeout: 5000 }).toEqual([]);
      await page.context().close();

      const second = await start(root, env);
      const { page: next, problems } = await openWindow(browser, second.address);
      await next.getByText('Axonry ended before this was saved').waitFor();
      await expect.poll(() => new Canvas(next).block('dense').innerText()).toContain('9 units');
      await next
        .getByRole('tab', { name: 'Train' })
        .or(next.getByRole('button', { name: 'Train', exact: true }))
        .first()
        .click();
      await next.getByRole('status').filter({ hasText: 'Broken off, run 1' }).waitFor();
      await next.getByRole('button', { name: 'Continue' }).click();
      await next.getByRole('status').filter({ hasText: 'Training, run 1' }).waitFor({ timeout: 30_000 });
      expect(problems).toEqual([]);
      await next.context().close();
    }, 90_000);

    it('a learning rate that explodes shows the block that went bad', async () => {
      const { root, env } = place();
      const file = path.join(root, 'digits.axon');
      writeFileSync(
        file,
        fewDigits((document) => (document.blocks.adam.params.learning_rate = 1e30)),
      );
      const application = await start(root, env);
      const { page, problems } = await openWindow(browser, application.address);
      await page.locator('.react-flow__node').first().waitFor();
      await openFile(page, 'digits.axon');
      await page
        .getByTitle(file)
        .or(page.getByText('digits', { exact: true }))
        .first()
        .waitFor();
      await expect.poll(() => page.getByLabel('Totals').innerText()).toContain('weights');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('status').filter({ hasText: 'Failed, run 1' }).waitFor({ timeout: 60_000 });
      const advice = page.getByRole('complementary', { name: 'Advice' });
      expect(await advice.innerText()).toMatch(
        /the output of \w+ became infinite or undefined \(NaN\); the run was stopped/,
      );
      expect(await advice.innerText()).toContain('The learning rate 1e+30 is too high');
      expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0);
      await page.getByRole('button', { name: 'Show the block' }).click();
      await page.locator('.react-flow__node.selected').waitFor();
      await page
        .getByRole('tab', { name: 'Train' })
        .or(page.getByRole('button', { name: 'Train', exact: true }))
        .first()
        .click();
      await advice.getByRole('button', { name: 'Set learning_rate to 0.01' }).click();
      await page.keyboard.press('Control+s');
      await expect.poll(() => readFileSync(file, 'utf8')).toContain('"learning_rate": 0.01');
      expect(
        existsSync(path.join(root, 'digits.runs', 'run-0001', 'checkpoints', 'epoch-0001.safetensors')),
      ).toBe(true);
      expect(problems).toEqual([]);
      await page.context().close();
    }, 90_000);

    it.skipIf(lacks('a small disk to fill (mount is not permitted)', canMount))(
      'a full disk is told, takes nothing away, and both work and run go on once there is room',
      async () => {
        const disk = new SmallDisk();
        try {
          const file = path.join(disk.folder, 'digits.axon');
          const text = fewDigits((document) => (document.blocks.train.params.epochs = 3));
          writeFileSync(file, text);
          const application = await start(disk.folder, { AXONRY_DATA: path.join(disk.folder, '.data') });
          const { page, problems } = await openWindow(browser, application.address);
          await page.locator('.react-flow__node').first().waitFor();
          await openFile(page, 'digits.axon');
          await expect.poll(() => page.locator('.saved-state').innerText()).toContain('Saved');
          const canvas = new Canvas(page);
          disk.fill();
          await canvas.select('train');
          await page.getByLabel('batch_size', { exact: true }).fill('48');
          await page.getByLabel('batch_size', { exact: true }).press('Enter');
          await alert(page)
            .filter({ hasText: /\.data.* could not be saved: the disk is full\. Free some space/ })
            .waitFor();
          await page.getByRole('button', { name: 'Dismiss' }).click();
          await page.keyboard.press('Control+s');
          await alert(page)
            .filter({ hasText: /digits\.axon could not be saved: the disk is full\. Free some space/ })
            .waitFor();
          expect(readFileSync(file, 'utf8')).toBe(text);
          await page.getByRole('button', { name: 'Dismiss' }).click();
          disk.free();
          await page.keyboard.press('Control+s');
          await expect.poll(() => readFileSync(file, 'utf8')).toContain('"batch_size": 48');

          await page.keyboard.press('Control+Enter');
          await page.getByRole('status').filter({ hasText: 'Failed, run 1' }).waitFor({ timeout: 60_000 });
          expect(await alert(page).innerText()).toMatch(
            /the disk is full\. Free some space\. Everything up to epoch 1 is kept/,
          );
          disk.grow();
          await page.getByRole('button', { name: 'Continue' }).click();
          await page.getByRole('status').filter({ hasText: 'Finished, run 1' }).waitFor({ timeout: 60_000 });
          await expect.poll(() => rows(page)).toBe(3);
          expect(problems).toEqual([]);
          await page.context().close();
          await application.close();
        } finally {
          disk.close();
        }
      },
      120_000,
    );
  });
});
