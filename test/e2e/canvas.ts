/** A person at the canvas: drags blocks from the palette, wires ports and types parameters, all by mouse and keyboard. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export class Canvas {
  constructor(private readonly page: Page) {}

  block(id: string) {
    return this.page.locator(`.react-flow__node[data-id="${id}"]`);
  }

  private async centre(selector: ReturnType<Page['locator']>): Promise<{ x: number; y: number }> {
    const box = await selector.boundingBox();
    if (!box) throw new Error('What should be grabbed is not on the screen.');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** Finds the block by search and drags it so that its corner is at (x, y) of the canvas. */
  async place(type: string, query: string, x: number, y: number): Promise<void> {
    const { page } = this;
    await page.getByLabel('Search blocks').fill(query);
    const item = page.locator(`.palette-item[data-type="${type}"]`).first();
    const area = await page.locator('[data-area=canvas]').boundingBox();
    if (!area) throw new Error('There is no canvas.');
    const from = await this.centre(item);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 8, { steps: 3 });
    await page.mouse.move(area.x + x, area.y + y, { steps: 6 });
    await page.mouse.up();
    await page.getByLabel('Search blocks').fill('');
  }

  port(block: string, name: string, side: 'source' | 'target') {
    return this.block(block).locator(`.react-flow__handle.${side}[data-handleid="${name}"]`);
  }

  /** Drags a wire from one port to another and lets go. */
  async drag(from: [string, string], to: [string, string]): Promise<void> {
    const start = await this.centre(this.port(...from, 'source'));
    const end = await this.centre(this.port(...to, 'target'));
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(start.x + 12, start.y + 4, { steps: 2 });
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
  }

  /**
   * Wires two ports. A block grows when its data have been read, and its port moves from under the pointer: then a
   * person reaches for it again.
   */
  async wire(from: [string, string], to: [string, string]): Promise<void> {
    const before = await this.wires();
    for (let attempt = 0; attempt < 3; attempt++) {
      await this.drag(from, to);
      await this.page.mouse.up();
      const wired = await expect.poll(() => this.wires(), { timeout: 3000 }).toBe(before + 1).then(() => true, () => false); // prettier-ignore
      if (wired) return;
    }
    throw new Error(`${from.join(' ')} could not be wired to ${to.join(' ')}.`);
  }

  wires(): Promise<number> {
    return this.page.locator('.react-flow__edge').count();
  }

  async select(id: string): Promise<void> {
    await this.block(id).locator('.block-head').click();
  }
}
