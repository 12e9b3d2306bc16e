/** After a crash: what was not saved is offered again, and only that. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, hostForTest, problemOf, valueOf, type Hosted } from './hosted';

let hosted: Hosted;
beforeEach(() => {
  hosted = hostForTest();
});
afterEach(() => hosted.close());

const network = documentOf({ input: ['Input'] });
const edited = {
  ...network,
  blocks: { ...network.blocks, dense: { ...network.blocks.input, type: 'Dense' } },
};

const recoveries = async () => valueOf(await hosted.host.start({})).recoveries;
const autosaves = () => readdirSync(path.join(hosted.folder, 'data', 'autosave')).sort();

async function savedAndEdited() {
  const file = path.join(hosted.root, 'net.axon');
  const { project } = valueOf(await hosted.host.newProject({}));
  valueOf(await hosted.host.saveProject({ project, document: network, path: file }));
  valueOf(await hosted.host.autosave({ project, document: edited }));
  return { file, project };
}

describe('an edit that was not saved', () => {
  it('is kept under the id of its document', async () => {
    await savedAndEdited();
    expect(autosaves()).toEqual([`${network.id}.axon`, `${network.id}.json`]);
  });

  it('is offered by the next start and opens for the same file, unsaved', async () => {
    const { file } = await savedAndEdited();
    await hosted.restart();
    const [offered] = await recoveries();
    expect(offered.name).toBe('net');
    const opened = valueOf(await hosted.host.openRecovery({ recovery: offered.recovery }));
    expect(opened).toMatchObject({ path: file, savedAt: null });
    expect(Object.keys(opened.document.blocks)).toEqual(['dense', 'input']);
    expect(readFileSync(file, 'utf8')).not.toContain('Dense');
    valueOf(await hosted.host.saveProject({ project: opened.project, document: opened.document }));
    expect(readFileSync(file, 'utf8')).toContain('Dense');
    expect(await recoveries()).toEqual([]);
  });

  it('is mentioned when its file is opened', async () => {
    const { file } = await savedAndEdited();
    await hosted.restart();
    expect(valueOf(await hosted.host.openProject({ path: file })).newerAutosave?.recovery).toBe(network.id);
  });

  it('does not overwrite what another program wrote meanwhile', async () => {
    const { file } = await savedAndEdited();
    await hosted.restart();
    writeFileSync(file, 'written by another program');
    const opened = valueOf(await hosted.host.openRecovery({ recovery: network.id }));
    expect(
      problemOf(await hosted.host.saveProject({ project: opened.project, document: opened.document })).code,
    ).toBe('project/changed-on-disk');
  });

  it('of an untitled project is offered as untitled', async () => {
    const { project } = valueOf(await hosted.host.newProject({}));
    valueOf(await hosted.host.autosave({ project, document: edited }));
    await hosted.restart();
    const opened = valueOf(await hosted.host.openRecovery({ recovery: (await recoveries())[0].recovery }));
    expect(opened).toMatchObject({ path: null, name: 'Untitled' });
  });

  it('whose place is not known any more opens as untitled', async () => {
    await savedAndEdited();
    writeFileSync(path.join(hosted.folder, 'data', 'autosave', `${network.id}.json`), '{"cut');
    await hosted.restart();
    expect(valueOf(await hosted.host.openRecovery({ recovery: network.id })).path).toBeNull();
  });
});

describe('nothing is offered', () => {
  it('after saving', async () => {
    const { project } = await savedAndEdited();
    valueOf(await hosted.host.saveProject({ project, document: edited }));
    expect(await recoveries()).toEqual([]);
    expect(autosaves()).toEqual([]);
  });

  it('after closing', async () => {
    const { project } = await savedAndEdited();
    valueOf(await hosted.host.closeProject({ project }));
    await hosted.restart();
    expect(await recoveries()).toEqual([]);
  });

  it('after discarding, and a second discarding says so', async () => {
    await savedAndEdited();
    valueOf(await hosted.host.discardRecovery({ recovery: network.id }));
    expect(await recoveries()).toEqual([]);
    expect(problemOf(await hosted.host.discardRecovery({ recovery: network.id })).code).toBe(
      'project/no-recovery',
    );
  });
});

it('a name that leads out of the folder is no recovery', async () => {
  await savedAndEdited();
  const outside = path.join(hosted.folder, 'data', 'precious.axon');
  writeFileSync(outside, 'x');
  expect(problemOf(await hosted.host.discardRecovery({ recovery: '../precious' })).code).toBe(
    'project/no-recovery',
  );
  expect(existsSync(outside)).toBe(true);
});

it('an id that is no file name cannot lead out of the folder', async () => {
  const { project } = valueOf(await hosted.host.newProject({}));
  valueOf(await hosted.host.autosave({ project, document: { ...edited, id: '../../escaped' } }));
  expect(readdirSync(hosted.folder).sort()).toEqual(['cache', 'data', 'examples', 'projects']);
  expect(autosaves()).toHaveLength(2);
});
