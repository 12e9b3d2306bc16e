/** A person asks what runs along a wire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium, lacks } from '../environment';
import { draw } from '../shared/draw';
import { temporaryFolder } from '../data/made-files';
import { openProjectPage, type ProjectPage } from './project-page';

const folder = temporaryFolder();

/** Numbers of words of which 0 is padding, before there are any data. */
const words = () =>
  draw()
    .place('Input', { shape: [12] })
    .chain('input', ['Embedding', { input_dim: 100, output_dim: 8, mask_zero: true }], ['LSTM', { units: 4 }])
    .document;

describe.skipIf(lacks('Chromium', chromium !== null))('a wire', () => {
  let opened: ProjectPage;
  beforeAll(async () => {
    opened = await openProjectPage(folder, 'words', words());
  }, 120_000);
  afterAll(() => opened.close());

  it('tells its shape, the kind of its numbers and its mask, beside the pointer and when it is selected', async () => {
    const { page } = opened;
    const wire = page.locator('.react-flow__edge[data-id="w2"]');
    expect(await wire.locator('title').textContent()).toBe('[batch, 12, 8] float32, with a mask of padding');
    const box = await wire.locator('.react-flow__edge-interaction').boundingBox();
    if (!box) throw new Error('The wire is not on the screen.');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const inspector = page.getByLabel('Inspector');
    await expect.poll(() => inspector.locator('h2').textContent()).toBe('Tensor wire');
    const lines = await inspector.locator('.kv').allInnerTexts();
    expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      'From Embedding (output)',
      'To LSTM (input)',
      'Shape [batch, 12, 8]',
      'Numbers float32',
      'Mask of padding',
    ]);
  });
}, 120_000); // prettier-ignore
