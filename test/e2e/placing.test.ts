/** A person places blocks by keys: after the selected block, or where there is room. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../data/made-files';
import { chromium, lacks } from '../environment';
import { draw } from '../shared/draw';
import { Canvas } from './canvas';
import { openProjectPage, type ProjectPage } from './project-page';

const folder = temporaryFolder();
const network = () =>
  draw()
    .place('Input', { shape: [12] })
    .chain('input', ['Dense', { units: 8 }], 'ReLU').document;

describe.skipIf(lacks('Chromium', chromium !== null))('a person at the keys of the canvas', () => {
  let opened: ProjectPage;
  let canvas: Canvas;
  const choose = async (query: string) => {
    const search = opened.page.getByRole('dialog', { name: 'Place a block' }).getByRole('combobox');
    await search.fill(query);
    await search.press('Enter');
  };
  const overlap = async (one: string, other: string): Promise<boolean> => {
    const [a, b] = [await canvas.block(one).boundingBox(), await canvas.block(other).boundingBox()];
    if (!a || !b) throw new Error('A block is not on the screen.');
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  };

  beforeAll(async () => {
    opened = await openProjectPage(folder, 'network', network());
    canvas = new Canvas(opened.page);
  }, 120_000);
  afterAll(() => opened.close());

  it.each(['Tab', 'Control+k'])(
    'puts a block that %s found behind the selected one, and wires it',
    async (keys) => {
      const { page } = opened;
      const wires = await canvas.wires();
      await canvas.select('dense');
      await page.keyboard.press(keys);
      await page.getByPlaceholder('What to add after Dense').waitFor();
      await choose('batchn');
      await expect.poll(() => canvas.wires()).toBe(wires + 1);
      const [placed] = await page.locator('.react-flow__node.selected').all();
      const id = (await placed.getAttribute('data-id')) ?? '';
      expect(await overlap(id, 'dense')).toBe(false);
      await expect.poll(() => overlap(id, 're_lu')).toBe(false);
      await page.keyboard.press('Control+z');
      await expect.poll(() => canvas.wires()).toBe(wires);
    },
  );

  it('has it where nothing covers it when nothing is selected and the pointer is over the map', async () => {
    const { page } = opened;
    const map = await page.locator('.canvas-map').boundingBox();
    if (!map) throw new Error('There is no map.');
    const area = await page.locator('[data-area=canvas]').boundingBox();
    await page.mouse.click((area?.x ?? 0) + 40, (area?.y ?? 0) + 0.3 * (area?.height ?? 0));
    await page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
    await page.keyboard.press('Control+k');
    await choose('dropout');
    const block = page.locator('.react-flow__node.selected');
    await expect
      .poll(async () => {
        const box = await block.boundingBox();
        return box && (box.y + box.height <= map.y || box.x + box.width <= map.x);
      })
      .toBe(true);
  });

  it('sees no buttons at a block while one of its wires is selected', async () => {
    const { page } = opened;
    await canvas.select('dense');
    const buttons = page.getByRole('toolbar', { name: 'Block' });
    await buttons.waitFor();
    await page.keyboard.press('w');
    await buttons.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByLabel('Inspector').locator('h2').textContent()).toMatch(/wire$/);
  });
});
