// `npm run icons`: draws assets/icons/*.png from renderer/icons/axonry.svg with the Chromium that tests use.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '..');
const drawing = readFileSync(path.join(root, 'renderer/icons/axonry.svg'), 'utf8');
const icons = {
  'axonry.png': 1024,
  '512x512.png': 512,
  '256x256.png': 256,
  '128x128.png': 128,
  '48x48.png': 48,
};

const browser = await chromium.launch({
  executablePath: process.env.AXONRY_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [name, size] of Object.entries(icons)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const scaled = drawing.replace('width="24" height="24"', `width="${size}" height="${size}"`);
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${scaled}`);
  writeFileSync(
    path.join(root, 'assets/icons', name),
    await page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } }),
  );
  await page.close();
}
await browser.close();
