/** Files of a person's own in a real Chromium: a table with odd names and a folder of IDX files become trained networks by mouse. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { emptyDocument, type Document, type Json } from '../../shared/document/document';
import { apply } from '../../shared/document/edits';
import { RandomStream } from '../../shared/random/random';
import { idxBytes } from '../data/made-files';
import { chromium, lacks, nativeReady } from '../environment';
import { Canvas } from './canvas';
import { openProjectPage, type ProjectPage } from './project-page';
import { alert, examples } from './stories';

const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);

const alone = (type: string, params: Record<string, Json>): Document =>
  apply(emptyDocument(`only ${type}`, '0.0.0'), {
    kind: 'add-block',
    id: 'data',
    block: { type, version: 1, title: '', params, position: { x: 64, y: 64 } },
  });

/** Two kinds of plants that one length tells apart, under names that no program would choose. */
function oddTable(): string {
  const random = new RandomStream(1, 'test', 'odd table');
  const rows = Array.from({ length: 120 }, (_, i) => {
    const isTall = i % 2 === 1;
    const length = (isTall ? 6 : 3) + random.normal() / 2;
    return `${length.toFixed(2)},${random.normal().toFixed(2)},${i},${isTall ? 'Große Art' : '"klein, rund"'}`;
  });
  return `"größe (cm)","a.b/c",__proto__,"Art der Blüte"\n${rows.join('\n')}\n`;
}

/** Pictures of 8 × 8 pixels, bright on the left or on the right. */
function sides(folder: string, prefix: string, n: number): void {
  const pixels = Array.from({ length: n * 64 }, (_, at) => {
    const isRight = Math.floor(at / 64) % 2 === 1;
    return at % 8 >= 4 === isRight ? 200 + (at % 50) : at % 50;
  });
  const labels = Array.from({ length: n }, (_, i) => i % 2);
  writeFileSync(path.join(folder, `${prefix}-images-idx3-ubyte`), idxBytes('ubyte', [n, 8, 8], pixels));
  writeFileSync(path.join(folder, `${prefix}-labels-idx1-ubyte`), idxBytes('ubyte', [n], labels));
}

describe.skipIf(skip)('a person trains on files of their own', () => {
  let opened: ProjectPage | undefined;
  let page: Page;
  let canvas: Canvas;
  const open = async (document: Document, write: (folder: string) => void): Promise<void> => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry own files '));
    write(folder);
    opened = await openProjectPage(folder, 'own', document);
    ({ page } = opened);
    canvas = new Canvas(page);
  };
  const nodes = () => page.locator('.react-flow__node').count();
  const set = async (name: string, value: string): Promise<void> => {
    const field = page.getByLabel(name, { exact: true });
    if ((await field.count()) === 0) await page.getByRole('button', { name: /^\d+ more$/ }).click();
    await field.fill(value);
    await field.press('Enter');
  };
  const train = async (): Promise<void> => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 90_000 });
  };
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-own-files.png') });
  });

  describe('a table with odd names', () => {
    beforeAll(() =>
      open(alone('CSVTable', { path: 'odd.csv' }), (folder) =>
        writeFileSync(path.join(folder, 'odd.csv'), oddTable()),
      ),
    );
    afterAll(() => opened?.close());

    it('shows its columns and becomes a network by one click', async () => {
      await page.getByRole('button', { name: 'Draw a network for odd.csv' }).first().click();
      await expect.poll(nodes).toBeGreaterThan(8);
      await canvas.select('data');
      const inspector = page.getByLabel('Inspector');
      for (const name of ['größe (cm)', 'a.b/c', '__proto__', 'Art der Blüte'])
        await inspector.getByText(name, { exact: true }).first().waitFor();
    });

    it('has a layer that is grouped and repeated, and two Train blocks in stages', async () => {
      const loss = page.locator('.react-flow__node', { hasText: 'rossentropy' });
      const lossId = (await loss.getAttribute('data-id')) ?? '';
      await canvas.select('dense');
      await page.keyboard.press('Control+g');
      await canvas.block('my_block').waitFor();
      await canvas.place('Train', 'Train', 640, 460);
      await canvas.place('SGD', 'SGD', 420, 460);
      await canvas.wire([lossId, 'loss'], ['train_2', 'loss']);
      await canvas.wire(['sgd', 'optimizer'], ['train_2', 'optimizer']);
      await canvas.select('train');
      await set('epochs', '2');
      await canvas.select('train_2');
      await set('epochs', '2');
      await set('stage', '2');
      await canvas.select('my_block');
      await set('repeat', '3');
      await expect.poll(() => canvas.block('my_block').innerText()).toContain('3 ×');
    });

    it('is trained, and its own words name the classes of the mistakes', async () => {
      await train();
      await page.getByRole('tab', { name: 'Examine' }).click();
      const matrix = page.getByLabel('Confusion matrix');
      await matrix.getByText('Große Art').first().waitFor();
      await matrix.getByText('klein, rund').first().waitFor();
    });
  });

  describe('an example without its data', () => {
    const example = JSON.parse(readFileSync(path.join(examples, 'mnist-cnn.axon'), 'utf8')) as Document;
    beforeAll(() =>
      open(example, (folder) => {
        mkdirSync(path.join(folder, 'sides'));
        sides(path.join(folder, 'sides'), 'train', 400);
      }),
    );
    afterAll(() => opened?.close());
    const run = () => page.getByRole('button', { name: /^Run/ });

    it('is not offered for training, and the block says what is missing', async () => {
      await page.getByText('could not be read').waitFor();
      await expect.poll(() => run().getAttribute('aria-disabled')).toBe('true');
      expect(await run().getAttribute('aria-label')).toContain('The list of problems says what is missing');
      expect(await page.getByText('The network can be trained').count()).toBe(0);
      expect(await page.getByLabel('Totals').innerText()).not.toContain('on this computer');
      await page.getByRole('button', { name: /^(Problem|\d+ problems): The folder .* is not there/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Choose a folder' }).waitFor();
      await page.keyboard.press('Escape');
    });

    it('has no error left when another folder was chosen', async () => {
      await page.keyboard.press('Control+Enter');
      await alert(page).filter({ hasText: 'is not there' }).waitFor();
      await page.getByRole('region', { name: 'Problems' }).getByRole('button', { name: 'Choose a folder' }).click();
      await page.getByRole('option', { name: /^sides/ }).click();
      await page.getByRole('button', { name: 'Choose', exact: true }).click();
      await page.getByText('400 samples, 2 classes').waitFor();
      await alert(page).waitFor({ state: 'detached' });
    });
  });

  describe('a folder of pictures, by keyboard alone', () => {
    beforeAll(() =>
      open(alone('IDXImages', {}), (folder) => {
        mkdirSync(path.join(folder, 'sides'));
        sides(path.join(folder, 'sides'), 'train', 400);
      }),
    );
    afterAll(() => opened?.close());
    const isFocused = (name: RegExp) =>
      expect.poll(() => page.evaluate(() => document.activeElement?.outerHTML ?? '')).toMatch(name);

    it('is chosen from the card of its problem, which has the focus again when the dialog is gone', async () => {
      await page.keyboard.press('F8');
      await isFocused(/^<button.*>Choose a folder</);
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: /^sides/ }).waitFor();
      await page.getByRole('listbox').focus();
      await page.keyboard.press('ArrowDown');
      while (!(await page.evaluate(() => document.activeElement?.textContent?.startsWith('sides'))))
        await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      await page.getByRole('option', { selected: true }).waitFor();
      await page.keyboard.press('Tab');
      while (!(await page.evaluate(() => document.activeElement?.textContent === 'Choose')))
        await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await isFocused(/^<button.*>Draw a network for sides</);
    });

    it('has its problem said once more by F8, and not in a banner by Run', async () => {
      await page.keyboard.press('Control+Enter');
      await page.keyboard.press('Escape');
      await alert(page).waitFor();
      await page.keyboard.press('F8');
      await isFocused(/^<button.*>Draw a network for sides</);
      await alert(page).waitFor({ state: 'detached' });
    });

    it('becomes a network by Enter', async () => {
      await page.keyboard.press('Enter');
      await expect.poll(nodes).toBeGreaterThan(8);
    });
  });

  describe('a table that is let fall on the start page', () => {
    beforeAll(() =>
      open(alone('ToyData', {}), (folder) => {
        mkdirSync(path.join(folder, 'tables'));
        writeFileSync(path.join(folder, 'tables', 'odd.csv'), oddTable());
      }),
    );
    afterAll(() => opened?.close());
    const drop = () =>
      page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['a,b'], 'odd.csv'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      });
    const question = () => page.getByRole('dialog', { name: 'Where is odd.csv?' });

    it('leaves everything as it was when the question where it lies is cancelled', async () => {
      await page.getByRole('button', { name: 'Start page' }).click();
      await drop();
      await question().getByRole('button', { name: 'Cancel' }).click();
      await question().waitFor({ state: 'detached' });
      await page.getByRole('tab', { name: 'Build' }).click();
      expect(await page.locator('.react-flow__node').allInnerTexts()).toHaveLength(1);
      expect(await page.locator('.react-flow__node', { hasText: 'CSV table' }).count()).toBe(0);
      await page.locator('.project-menu', { hasText: 'own' }).waitFor();
    });

    it('begins a project of its own', async () => {
      await page.getByRole('button', { name: 'Start page' }).click();
      await drop();
      await question().getByRole('option', { name: /^tables/ }).dblclick();
      await question().getByRole('option', { name: /odd\.csv/ }).dblclick();
      await page.locator('.react-flow__node', { hasText: 'odd.csv' }).waitFor();
      expect(await nodes()).toBe(1);
      await page.locator('.project-menu', { hasText: 'Untitled' }).waitFor();
    });

    it('is looked for where the last file was found', async () => {
      await page.getByRole('button', { name: 'Start page' }).click();
      await drop();
      await question().getByText('A browser does not tell where a file lies').waitFor();
      await question().getByRole('option', { name: /odd\.csv/, selected: true }).waitFor();
      await question().getByRole('button', { name: 'Cancel' }).click();
    });
  });

  describe('a folder of IDX files', () => {
    beforeAll(() =>
      open(alone('IDXImages', { folder: 'sides' }), (folder) => {
        mkdirSync(path.join(folder, 'sides'));
        sides(path.join(folder, 'sides'), 'train', 400);
        sides(path.join(folder, 'sides'), 't10k', 60);
      }),
    );
    afterAll(() => opened?.close());

    it('becomes a network by one click, is trained and told apart', async () => {
      await page.getByRole('button', { name: /^Draw a network for/ }).first().click();
      await expect.poll(nodes).toBeGreaterThan(8);
      await canvas.select('train');
      await set('epochs', '3');
      await train();
      await page.getByRole('button', { name: 'See the mistakes' }).click();
      await page.getByRole('tab', { name: 'Test' }).or(page.getByRole('button', { name: 'Test' })).first().click();
      await page.getByText(/mistakes? in 60/).waitFor();
    });
  });
}); // prettier-ignore
