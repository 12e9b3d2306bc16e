/** Data outside a project's folder: a project of a stranger reads nothing that the person has not allowed. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataGrants } from '../../electron/host/data-grants';
import { valueOf } from './hosted';

let folder: string;
let project: string;
let secret: string;
let questions: string[];
let answer: boolean;
const folders = () => ({
  data: path.join(folder, 'data'),
  cache: path.join(folder, 'cache'),
  examples: path.join(folder, 'examples'),
});
const start = () =>
  new DataGrants(folders(), (file) => {
    questions.push(file);
    return Promise.resolve(answer);
  });

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-grants-'));
  project = path.join(folder, 'project');
  for (const made of [project, path.join(folder, 'private'), folders().examples])
    mkdirSync(made, { recursive: true });
  secret = path.join(folder, 'private/salaries.csv');
  writeFileSync(secret, 'a,b\n1,2\n');
  questions = [];
  answer = false;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('data outside the folder of a project', () => {
  it('is not read when the person does not allow it, and the question is not repeated', async () => {
    const grants = start();
    const refused = await grants.admit(secret, project);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'data/not-allowed' } });
    expect(await grants.admit(secret, project)).toEqual(refused);
    expect(questions).toEqual([secret]);
  });

  it('is asked for once, also by two blocks at the same time, and remembered at the next start', async () => {
    answer = true;
    const grants = start();
    const both = await Promise.all([grants.admit(secret, project), grants.admit(secret, project)]);
    both.forEach(valueOf);
    expect(questions).toEqual([secret]);
    answer = false;
    valueOf(await start().admit(secret, project));
    expect(questions).toEqual([secret]);
  });

  it('is asked for where a link in the folder leads there, or the path climbs out', async () => {
    symlinkSync(secret, path.join(project, 'harmless.csv'));
    const grants = start();
    expect((await grants.admit(path.join(project, 'harmless.csv'), project)).ok).toBe(false);
    expect((await grants.admit(path.join(project, '../private/other.csv'), project)).ok).toBe(false);
    expect(questions).toEqual([secret, path.join(folder, 'private/other.csv')]);
  });

  it('needs no question beside the project, among the examples, or after it was chosen in a dialog', async () => {
    const grants = start();
    valueOf(await grants.admit(path.join(project, 'data/table.csv'), project));
    valueOf(await grants.admit(path.join(folders().examples, 'iris.csv'), project));
    await grants.allow(path.dirname(secret));
    valueOf(await grants.admit(secret, project));
    expect(questions).toEqual([]);
  });

  it('a no is forgotten when the person chooses the file after all', async () => {
    const grants = start();
    expect((await grants.admit(secret, project)).ok).toBe(false);
    await grants.allow(secret);
    valueOf(await grants.admit(secret, project));
  });

  it('a damaged list asks again, and breaks nothing', async () => {
    mkdirSync(folders().data, { recursive: true });
    writeFileSync(path.join(folders().data, 'data-grants.json'), '{"format": "axonry-data-gr');
    expect((await start().admit(secret, project)).ok).toBe(false);
    expect(questions).toEqual([secret]);
  });
});
