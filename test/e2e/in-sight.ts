/** What a person at the window can see and reach: what is cut off, what covers what, whether the focus shows. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Texts with too little contrast, each with its colours; asked of axe-core. */
export async function faintTexts(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      runOnly: ['color-contrast'],
    }),
  );
  return violations.flatMap(({ nodes }) =>
    nodes.map(({ html, any }) => `${html.slice(0, 120)}: ${any[0]?.message ?? ''}`),
  );
}

/** Controls and headings of which a part is cut off, lies outside of the window or under another control. */
export const hidden = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
    const inCanvas = (element: Element) => element.closest('.react-flow__viewport') !== null;
    const scrolls = (element: Element) => {
      for (let outer = element.parentElement; outer; outer = outer.parentElement)
        if (/auto|scroll/.test(getComputedStyle(outer).overflow)) return true;
      return false;
    };
    const shown = [...document.querySelectorAll<HTMLElement>('button, input, select, h1, h2, h3, [role=tab]')].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        element.closest('.visually-hidden, [aria-hidden=true]') === null &&
        !element.matches('.visually-hidden') &&
        !inCanvas(element),
    );
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the window scrolls sideways');
    for (const element of shown) {
      const style = getComputedStyle(element);
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && style.textOverflow !== 'ellipsis' && element.tagName !== 'INPUT')
        found.push(`${name(element)} is cut off`);
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const isOutside = left < -0.5 || top < -0.5 || right > window.innerWidth + 0.5 || bottom > window.innerHeight + 0.5;
      if (isOutside && !scrolls(element)) found.push(`${name(element)} is outside of the window`);
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const above = document.elementFromPoint(x, y);
      const isCovered = above !== null && !element.contains(above) && !above.contains(element);
      if (isCovered && above.closest('button, input, select') && !scrolls(element)) found.push(`${name(element)} lies under ${name(above)}`);
    }
    return found;
  }); // prettier-ignore

/** What has the focus, and whether that shows: a ring around it or around the field that it stands in. */
export const focused = (page: Page): Promise<{ what: string; area: string | null; shows: boolean }> =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const isRing = (one: Element | null) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    };
    const field = element.closest('.field, .mantine-Input-wrapper');
    return {
      what: `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`,
      area: element.closest('[data-area]')?.getAttribute('data-area') ?? null,
      shows: isRing(element) || isRing(field) || (element.matches('.react-flow__node') && isRing(element.firstElementChild)),
    };
  }); // prettier-ignore
