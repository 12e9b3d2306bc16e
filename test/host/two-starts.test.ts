/** One file in two windows or two programs: the second is told, nothing is overwritten in silence, copies stay apart. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHost, type Host } from '../../electron/host/host';
import { childProcessLauncher } from '../../electron/host/launcher';
import type { Document } from '../../shared/document/document';
import { documentOf, engineEntry, hostForTest, problemOf, valueOf, type Hosted } from './hosted';

let hosted: Hosted;
let other: Host;
let file: string;
beforeEach(async () => {
  hosted = hostForTest();
  file = path.join(hosted.root, 'net.axon');
  other = createHost({
    launcher: childProcessLauncher(engineEntry),
    folders: {
      data: path.join(hosted.folder, 'data'),
      cache: path.join(hosted.folder, 'cache'),
      examples: path.join(hosted.folder, 'examples'),
    },
    version: '0.0.0',
    home: hosted.root,
    shell: 'browser',
  });
  const { project } = valueOf(await hosted.host.newProject({}));
  valueOf(await hosted.host.saveProject({ project, document: network, path: file }));
  valueOf(await hosted.host.closeProject({ project }));
});
afterEach(async () => {
  await other.close();
  await hosted.close();
});

const network = documentOf({ input: ['Input'] });
const withBlock = (type: string): Document => ({
  ...network,
  blocks: { ...network.blocks, added: { ...network.blocks.input, type } },
});
const open = async (host: Host) => valueOf(await host.openProject({ path: file }));

describe.each([
  ['two windows', () => hosted.host],
  ['two starts of Axonry', () => other],
])('the same file in %s', (_, second) => {
  it('is told to the second, and to nobody when the first is closed', async () => {
    const first = await open(hosted.host);
    expect(first.alsoOpen).toBeUndefined();
    expect((await open(second())).alsoOpen).toBe(true);
    const alone = second();
    if (alone === hosted.host) return;
    valueOf(await hosted.host.closeProject({ project: first.project }));
    expect((await open(other)).alsoOpen).toBe(true);
  });

  it('is not overwritten by the second unasked, whoever saves first', async () => {
    const one = await open(hosted.host);
    const two = await open(second());
    valueOf(await hosted.host.saveProject({ project: one.project, document: withBlock('Dense') }));
    const saved = readFileSync(file, 'utf8');
    const refused = await second().saveProject({ project: two.project, document: withBlock('Conv2D') });
    expect(problemOf(refused).code).toBe('project/changed-on-disk');
    expect(readFileSync(file, 'utf8')).toBe(saved);
  });

  it('saved at the same moment gets one content whole, and the other is told', async () => {
    const one = await open(hosted.host);
    const two = await open(second());
    const answers = await Promise.all([
      hosted.host.saveProject({ project: one.project, document: withBlock('Dense') }),
      second().saveProject({ project: two.project, document: withBlock('Conv2D') }),
    ]);
    const text = readFileSync(file, 'utf8');
    expect(text.includes('Dense') !== text.includes('Conv2D')).toBe(true);
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(answers.some(({ ok }) => ok)).toBe(true);
  });

  it('keeps a copy of each, and offers neither while it is open', async () => {
    const one = await open(hosted.host);
    const two = await open(second());
    valueOf(await hosted.host.autosave({ project: one.project, document: withBlock('Dense') }));
    valueOf(await second().autosave({ project: two.project, document: withBlock('Conv2D') }));
    expect(valueOf(await hosted.host.start({})).recoveries).toEqual([]);
    expect(valueOf(await other.start({})).recoveries).toEqual([]);
    await hosted.host.close();
    await other.close();
    const host = await hosted.restart();
    const { recoveries } = valueOf(await host.start({}));
    const copies = await Promise.all(recoveries.map(({ recovery }) => host.openRecovery({ recovery })));
    expect(copies.map((copy) => valueOf(copy).document.blocks.added.type).sort()).toEqual([
      'Conv2D',
      'Dense',
    ]);
  });
});

describe('a window that is loaded again', () => {
  it('gets what it told last, marked as unsaved', async () => {
    const { project } = await open(hosted.host);
    valueOf(await hosted.host.autosave({ project, document: withBlock('Dense') }));
    const back = valueOf(await hosted.host.resumeProject({ project }));
    expect(back).toMatchObject({ project, path: file, unsaved: true });
    expect(back.document.blocks.added.type).toBe('Dense');
  });

  it('of a start that has ended says so', async () => {
    const { project } = await open(hosted.host);
    const host = await hosted.restart();
    expect(problemOf(await host.resumeProject({ project })).code).toBe('project/not-open');
  });
});
