/** Saving: what a person has on the disk is never worse afterwards than before. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  lstatSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, hostForTest, problemOf, valueOf, type Hosted } from './hosted';

let hosted: Hosted;
let file: string;
beforeEach(() => {
  hosted = hostForTest();
  file = path.join(hosted.root, 'net.axon');
});
afterEach(() => hosted.close());

const network = documentOf({ input: ['Input'] });
const changed = {
  ...network,
  blocks: { ...network.blocks, dense: { ...network.blocks.input, type: 'Dense' } },
};

async function saved() {
  const { project } = valueOf(await hosted.host.newProject({}));
  valueOf(await hosted.host.saveProject({ project, document: network, path: file }));
  return project;
}

describe('a saved project', () => {
  it('opens as it was', async () => {
    await saved();
    const opened = valueOf(await hosted.host.openProject({ path: file }));
    expect(opened).toMatchObject({
      name: 'net',
      path: file,
      document: { id: network.id, blocks: network.blocks },
    });
    expect(opened.newerAutosave).toBeUndefined();
  });

  it('gets its extension where it was left out', async () => {
    const { project } = valueOf(await hosted.host.newProject({}));
    const answer = valueOf(
      await hosted.host.saveProject({ project, document: network, path: path.join(hosted.root, 'other') }),
    );
    expect(answer).toMatchObject({ path: path.join(hosted.root, 'other.axon'), name: 'other' });
  });

  it('leaves nothing else in the folder', async () => {
    const project = await saved();
    valueOf(await hosted.host.saveProject({ project, document: changed }));
    expect(readdirSync(hosted.root)).toEqual(['net.axon']);
  });

  it.skipIf(process.platform === 'win32')('keeps its permissions', async () => {
    const project = await saved();
    chmodSync(file, 0o640);
    valueOf(await hosted.host.saveProject({ project, document: changed }));
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it.skipIf(process.platform === 'win32')('that is a link stays a link', async () => {
    await saved();
    const link = path.join(hosted.root, 'link.axon');
    symlinkSync(file, link);
    const { project } = valueOf(await hosted.host.openProject({ path: link }));
    valueOf(await hosted.host.saveProject({ project, document: changed }));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('Dense');
  });

  it('is among the recents', async () => {
    await saved();
    const { recents } = valueOf(await hosted.host.start({}));
    expect(recents.map((recent) => recent.path)).toEqual([file]);
  });
});

describe('a project that another program changed', () => {
  it('is not overwritten unasked', async () => {
    const project = await saved();
    writeFileSync(file, `${readFileSync(file, 'utf8')} `);
    const before = readFileSync(file, 'utf8');
    const refused = problemOf(await hosted.host.saveProject({ project, document: changed }));
    expect(refused.code).toBe('project/changed-on-disk');
    expect(refused.message).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is overwritten when that is wanted', async () => {
    const project = await saved();
    writeFileSync(file, 'something else');
    valueOf(await hosted.host.saveProject({ project, document: changed, overwrite: true }));
    expect(readFileSync(file, 'utf8')).toContain('Dense');
    // And from then on it is known again.
    valueOf(await hosted.host.saveProject({ project, document: network }));
  });

  it('only in its time has not changed', async () => {
    const project = await saved();
    utimesSync(file, new Date(), new Date(Date.now() + 60_000));
    valueOf(await hosted.host.saveProject({ project, document: changed }));
  });

  it('is not overwritten by another project that is saved under its name', async () => {
    await saved();
    const { project } = valueOf(await hosted.host.newProject({}));
    expect(problemOf(await hosted.host.saveProject({ project, document: changed, path: file })).code).toBe(
      'project/exists',
    );
    expect(readFileSync(file, 'utf8')).not.toContain('Dense');
  });
});

describe('a place that cannot be written', () => {
  it('below a regular file is named, and what was saved stays', async () => {
    const project = await saved();
    const before = readFileSync(file, 'utf8');
    const refused = problemOf(
      await hosted.host.saveProject({ project, document: changed, path: path.join(file, 'below.axon') }),
    );
    expect(refused.message).toContain(path.join(file, 'below.axon'));
    expect(refused.message).toContain('a part of its path is a file');
    expect(readFileSync(file, 'utf8')).toBe(before);
    // The project still belongs to its old file.
    expect(valueOf(await hosted.host.saveProject({ project, document: changed })).path).toBe(file);
  });

  it('in a folder that is not there is named', async () => {
    const project = await saved();
    const target = path.join(hosted.root, 'nowhere', 'net.axon');
    expect(
      problemOf(await hosted.host.saveProject({ project, document: changed, path: target })).message,
    ).toContain('the folder does not exist');
  });

  it('because a folder has the name is told', async () => {
    const project = await saved();
    const target = path.join(hosted.root, 'folder.axon');
    mkdirSync(target);
    expect(
      problemOf(await hosted.host.saveProject({ project, document: changed, path: target })).message,
    ).toContain('it is a folder');
    expect(readdirSync(hosted.root).sort()).toEqual(['folder.axon', 'net.axon']);
  });

  it('leaves the autosave working, and an autosave that cannot be kept is told', async () => {
    const { project } = valueOf(await hosted.host.newProject({}));
    writeFileSync(path.join(hosted.folder, 'data', 'autosave'), 'a file where the folder should be');
    expect(problemOf(await hosted.host.autosave({ project, document: network })).code).toMatch(/^file\//);
  });
});

describe('a file that is no project', () => {
  it.each([
    ['is empty', ''],
    ['is not JSON', 'layers: 3'],
    ['is cut off', '{"format":"axonry","schema":1,"blo'],
    ['is other JSON', '{"nodes":[]}'],
    ['is a number', '42'],
  ])('because it %s is named and left alone', async (_, text) => {
    writeFileSync(file, text);
    const refused = problemOf(await hosted.host.openProject({ path: file }));
    expect(refused.message).toContain('net.axon');
    expect(refused.message).not.toMatch(/undefined|\bat \//);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('because a newer Axonry wrote it says so', async () => {
    writeFileSync(file, JSON.stringify({ ...network, schema: 99 }));
    expect(problemOf(await hosted.host.openProject({ path: file })).message).toContain('99');
  });

  it('because it is a folder or not there is named', async () => {
    expect(problemOf(await hosted.host.openProject({ path: hosted.root })).message).toContain(
      'it is a folder',
    );
    expect(problemOf(await hosted.host.openProject({ path: file })).message).toContain(
      'there is nothing at this path',
    );
    expect(existsSync(file)).toBe(false);
  });
});
