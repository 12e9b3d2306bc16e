/**
 * How smoothly blocks follow the pointer: frames a second while one block, and then every block, of a network of 200 is
 * dragged in a real Chromium. The window draws without a graphics card here; other work on the machine slows it down.
 */
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openProjectPage } from '../e2e/project-page';
import { largeDocument } from './compile';

const BLOCKS = 200;
const MOVES = 120;
/** Below this a drag is seen to jerk. */
const ASKED = 30;

interface Frames {
  perSecond: number;
  /** Milliseconds between the two frames that were furthest apart. */
  longest: number;
}

/** Drags what lies under the middle of the block to and fro, one move for each frame that the window draws. */
async function drag(page: Page, block: string): Promise<Frames> {
  const box = await page.locator(`.react-flow__node[data-id="${block}"] .block-head`).boundingBox();
  if (!box) throw new Error(`${block} is not on the screen`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y + 10);
  const watched = page.evaluate(
    async ([count, id]) => {
      const node = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
      const times: number[] = [];
      const places = new Set<string>();
      while (times.length < count) {
        times.push(await new Promise<number>(requestAnimationFrame));
        places.add(node?.style.transform ?? '');
      }
      return { times, places: places.size };
    },
    [MOVES, block] as const,
  );
  let isOver = false;
  void watched.then(() => (isOver = true));
  for (let i = 0; !isOver; i++) await page.mouse.move(x + 60 * Math.sin(i / 8), y + 60 * Math.cos(i / 8));
  await page.mouse.up();
  const { times: drawn, places } = await watched;
  if (places < 5) throw new Error('the block did not follow the pointer');
  const gaps = drawn.slice(1).map((time, i) => time - drawn[i]);
  return {
    perSecond: (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0),
    longest: Math.max(...gaps),
  };
}

export async function bench(): Promise<boolean> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-canvas-'));
  const opened = await openProjectPage(folder, 'large', largeDocument(BLOCKS));
  const { page } = opened;
  try {
    const nodes = page.locator('.react-flow__node');
    await page.waitForFunction((count) => document.querySelectorAll('.react-flow__node').length >= count, BLOCKS - 5);
    const block = await nodes.nth(BLOCKS / 2).getAttribute('data-id');
    if (block === null) throw new Error('no block is on the canvas');
    const one = await drag(page, block);
    await page.locator('[data-area=canvas]').focus();
    await page.keyboard.press('Control+a');
    const all = await drag(page, block);
    const text = ({ perSecond, longest }: Frames) => `${perSecond.toFixed(0)} frames/s, longest gap ${longest.toFixed(0)} ms`;
    console.log(`${await nodes.count()} blocks on the canvas: one dragged ${text(one)}; all dragged ${text(all)}`);
    console.log(`asked: at least ${ASKED} frames/s while one is dragged`);
    return one.perSecond >= ASKED;
  } finally {
    await opened.close();
  }
} // prettier-ignore
