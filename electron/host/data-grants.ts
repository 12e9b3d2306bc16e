/**
 * Owns which files and folders outside a project's own folder the project may have read: those that the person allowed
 * once on this computer, or chose in a dialog. Where there is no one to ask, as on the command line, there are no grants.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result';
import { replaceFile } from './atomic-file';
import { isInside, realPath } from './boundary';
import type { HostFolders } from './folders';
import { makeFolder } from './make-folder';

const kept = z.object({
  format: z.literal('axonry-data-grants'),
  version: z.literal(1),
  allowed: z.array(z.string()),
});

/** `file`: where it really leads. Answers whether the person allows it. */
export type AskForData = (file: string) => Promise<boolean>;

export class DataGrants {
  private readonly file: string;
  private readonly own: readonly string[];
  private allowed: Promise<Set<string>> | null = null;
  /** By file: the question is asked once, and a no holds until the next start. */
  private readonly asked = new Map<string, Promise<boolean>>();

  constructor(
    folders: HostFolders,
    private readonly ask: AskForData,
  ) {
    this.file = path.join(folders.data, 'data-grants.json');
    this.own = [folders.data, folders.examples];
  }

  /** The person chose it, so that no question is needed. */
  async allow(chosen: string): Promise<void> {
    const real = await realPath(chosen);
    this.asked.delete(real);
    const allowed = await this.read();
    if (allowed.has(real)) return;
    allowed.add(real);
    await this.write(allowed);
  }

  /** `folder`: the project's own. Links are followed before they are judged. */
  async admit(file: string, folder: string): Promise<Result<void>> {
    const real = await realPath(file);
    const folders = await Promise.all([folder, ...this.own].map((one) => realPath(one)));
    if (folders.some((one) => isInside(one, real))) return ok(undefined);
    if ([...(await this.read())].some((one) => isInside(one, real))) return ok(undefined);
    const answer = this.asked.get(real) ?? this.ask(real);
    this.asked.set(real, answer);
    if (await answer) {
      await this.allow(real);
      return ok(undefined);
    }
    return fail(
      'data/not-allowed',
      `${file} lies outside the project's folder, and reading it was not allowed. Choose it in the data block, or move it beside the project.`,
    );
  }

  /** A damaged list is an empty one: the person is asked again. */
  private read(): Promise<Set<string>> {
    this.allowed ??= fs.readFile(this.file, 'utf8').then(
      (text) => {
        const parsed = kept.safeParse(parseJson(text));
        return new Set(parsed.success ? parsed.data.allowed : []);
      },
      () => new Set(),
    );
    return this.allowed;
  }

  /** Where it cannot be written, the answer holds until the end. */
  private async write(allowed: ReadonlySet<string>): Promise<void> {
    const content = { format: 'axonry-data-grants', version: 1, allowed: [...allowed] };
    await makeFolder(path.dirname(this.file))
      .then(() => replaceFile(this.file, `${JSON.stringify(content, null, 2)}\n`))
      .catch(() => undefined);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
