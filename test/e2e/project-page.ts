/** Owns a page of a real Chromium in which a project is open, with the application behind it. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { Document } from '../../shared/document/document';
import { openBrowser, openWindow, startApplication } from '../application';

export interface ProjectPage {
  page: Page;
  /** Ends the application and removes the folder. */
  close(): Promise<void>;
}

/** `folder` is empty; the project is saved in it as `name.axon` and opened as a person would. */
export async function openProjectPage(folder: string, name: string, project: Document): Promise<ProjectPage> {
  writeFileSync(path.join(folder, `${name}.axon`), JSON.stringify(project));
  const application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
  const browser = await openBrowser();
  const { page } = await openWindow(browser, application.address);
  await page.locator('.react-flow__node').first().waitFor();
  await page.keyboard.press('Control+o');
  await page.getByRole('option', { name: new RegExp(`${name}\\.axon`) }).dblclick();
  await page.locator('.project-menu', { hasText: name }).waitFor();
  return {
    page,
    close: async () => {
      await browser.close();
      await application.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
    },
  };
}
