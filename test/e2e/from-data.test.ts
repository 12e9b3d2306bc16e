/** A newcomer in a real Chromium: a table and nothing else becomes a trained network by one click and Run. */
import { copyFileSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDocument } from '../../shared/document/document';
import { apply } from '../../shared/document/edits';
import { chromium, lacks } from '../environment';
import { openProjectPage, type ProjectPage } from './project-page';

const iris = path.resolve(import.meta.dirname, '../../assets/examples/data/iris.csv');

/** A project with a table and nothing else. */
const onlyTable = () =>
  apply(emptyDocument('only-table', '0.0.0'), {
    kind: 'add-block',
    id: 'table',
    block: {
      type: 'CSVTable',
      version: 1,
      title: '',
      params: { path: 'iris.csv' },
      position: { x: 64, y: 64 },
    },
  });

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe.skipIf(lacks('Chromium', chromium !== null))('a person who placed a table only', () => {
  let project: ProjectPage;
  const rectangles = (selector: string): Promise<Rectangle[]> =>
    project.page.locator(selector).evaluateAll((elements) =>
      elements.map((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return { left, top, right, bottom };
      }),
    );
  const blocks = () => rectangles('.react-flow__node-block');
  const zoom = () => project.page.locator('.canvas-zoom .num').innerText();

  beforeAll(async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry from data '));
    copyFileSync(iris, path.join(folder, 'iris.csv'));
    project = await openProjectPage(folder, 'table', onlyTable());
  });
  afterAll(() => project?.close());

  it('gets a whole network by one click, and sees all of it', async () => {
    const { page } = project;
    await page.getByRole('button', { name: 'Draw a network for iris.csv' }).first().click();
    await expect.poll(async () => (await blocks()).length).toBe(10);
    const [canvas] = await rectangles('[data-area=canvas]');
    const bars = await rectangles('.canvas-bar > *');
    await expect
      .poll(async () =>
        (await blocks()).filter(
          (block) =>
            block.left < canvas.left ||
            block.right > canvas.right ||
            block.top < canvas.top ||
            block.bottom > canvas.bottom ||
            bars.some((bar) => overlap(bar, block)),
        ),
      )
      .toEqual([]);
    const drawn = await blocks();
    expect(drawn.filter((one, i) => drawn.slice(i + 1).some((other) => overlap(one, other)))).toEqual([]);
    expect(await page.getByRole('region', { name: 'Problems' }).innerText()).not.toContain('graph/');
  });

  it('looks closer with the wheel, and at the whole again with the button', async () => {
    const { page } = project;
    const whole = await zoom();
    const [{ left, top }] = await rectangles('[data-area=canvas]');
    await page.mouse.move(left + 24, top + 120);
    await page.mouse.wheel(0, -300);
    await expect.poll(zoom).not.toBe(whole);
    await page.getByRole('button', { name: 'Show the whole network' }).click();
    await expect.poll(zoom).toBe(whole);
  });

  it('trains it', async () => {
    const { page } = project;
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'See the mistakes' }).click();
    await page.getByLabel('Confusion matrix').getByRole('heading').waitFor();
  }, 90_000);
});
