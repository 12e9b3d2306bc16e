/** Bad projects, bad data and no network: the window says it in a sentence, and what was open stays. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../shared/document/document';
import { saveText } from '../../shared/document/load';
import { openBrowser, openWindow } from '../application';
import { moons } from '../host/hosted';
import { alert, fewDigits, noTraining, noWindow, openFile, stories } from './stories';

const { place, start } = stories();

describe.skipIf(noWindow)('in the window', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

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
      await expect.poll(() => page.getByRole('region', { name: 'Problems' }).innerText()).toMatch(says);
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

  it.skipIf(noTraining)(
    'a learning rate that explodes shows the block that went bad',
    async () => {
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
      await advice.getByRole('button', { name: 'Set learning_rate to 0.001' }).click();
      await page.keyboard.press('Control+s');
      await expect.poll(() => readFileSync(file, 'utf8')).not.toContain('1e+30');
      expect(
        existsSync(path.join(root, 'digits.runs', 'run-0001', 'checkpoints', 'epoch-0001.safetensors')),
      ).toBe(true);
      expect(problems).toEqual([]);
      await page.context().close();
    },
    90_000,
  );
});
