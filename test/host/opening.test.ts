/** Where a window may look, and how examples open. */
import { copyFileSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, hostForTest, problemOf, valueOf, type Hosted } from './hosted';

const shipped = path.resolve(import.meta.dirname, '../../assets/examples');

let hosted: Hosted;
beforeEach(() => {
  hosted = hostForTest({ bounded: true });
});
afterEach(() => hosted.close());

const put = (name: string, content: unknown) => {
  const file = path.join(hosted.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const table = documentOf({ data: ['CSVTable', { path: 'flowers.csv' }] });

describe('an example', () => {
  beforeEach(() => {
    put('examples/flowers.axon', table);
    put('examples/zeros.axon', documentOf({ data: ['Digits'] }));
    put('examples/examples.json', {
      examples: [{ name: 'zeros', title: 'Zeros', summary: 'Many zeros.', kind: 'images' }],
    });
  });

  it('is offered with its title, in the order of the list, the others after it', async () => {
    const { examples } = valueOf(await hosted.host.start({}));
    expect(examples.map(({ name, title, kind }) => [name, title, kind])).toEqual([
      ['zeros', 'Zeros', 'images'],
      ['flowers', 'flowers', 'tables'],
    ]);
  });

  it('says what it needs while its data are missing', async () => {
    const missing = valueOf(await hosted.host.start({})).examples.find(({ name }) => name === 'flowers');
    expect(missing?.needs).toContain(path.join(hosted.folder, 'examples', 'flowers.csv'));
    put('examples/flowers.csv', '1,2\n');
    const there = valueOf(await hosted.host.start({})).examples.find(({ name }) => name === 'flowers');
    expect(there?.needs).toBeNull();
  });

  it('opens as an untitled copy with an id of its own', async () => {
    const first = valueOf(await hosted.host.openExample({ name: 'zeros' }));
    const second = valueOf(await hosted.host.openExample({ name: 'zeros' }));
    expect(first).toMatchObject({ name: 'Zeros', path: null, savedAt: null });
    expect(first.document.id).not.toBe(second.document.id);
    expect(
      problemOf(await hosted.host.saveProject({ project: first.project, document: first.document })).code,
    ).toBe('project/no-path');
  });

  it('reads the same data after it was saved elsewhere', async () => {
    const csv = put('examples/flowers.csv', '1,2\n');
    const { document } = valueOf(await hosted.host.openExample({ name: 'flowers' }));
    expect(document.blocks.data.params.path).toBe(csv);
  });

  it.each(['../projects/mine', 'none', '..', ''])('called %j is not there', async (name) => {
    put('projects/mine.axon', table);
    expect(problemOf(await hosted.host.openExample({ name })).code).toBe('project/no-example');
  });
});

it('the examples that come with the application have titles, and each opens with its data or says what it needs', async () => {
  const names = readdirSync(shipped).filter((name) => name.endsWith('.axon'));
  for (const name of readdirSync(shipped, { withFileTypes: true })) {
    if (name.isFile())
      copyFileSync(path.join(shipped, name.name), path.join(hosted.folder, 'examples', name.name));
  }
  const { examples } = valueOf(await hosted.host.start({}));
  expect(examples).toHaveLength(names.length);
  expect(examples[0]).toMatchObject({ name: 'digits-cnn', title: 'Handwritten digits', needs: null });
  for (const { name, title, summary } of examples) {
    expect(title).not.toBe(name);
    expect(summary).not.toBe('');
    expect(valueOf(await hosted.host.openExample({ name })).document.blocks).not.toEqual({});
  }
  // Only the projects were copied: whatever reads a file says so.
  expect(examples.filter(({ needs }) => needs !== null).map(({ name }) => name)).toEqual([
    'mnist-mlp',
    'mnist-cnn',
    'iris',
    'housing',
    'reviews',
  ]);
});

describe('a window that was given a folder', () => {
  it('opens what is inside', async () => {
    put('projects/sub/mine.axon', table);
    expect(
      valueOf(await hosted.host.openProject({ path: path.join(hosted.root, 'sub/mine.axon') })).name,
    ).toBe('mine');
  });

  it.each(['../outside.axon', 'sub/../../outside.axon', 'link/outside.axon', 'link.axon'])(
    'does not open %s',
    async (name) => {
      const outside = put('outside.axon', table);
      mkdirSync(path.join(hosted.root, 'sub'), { recursive: true });
      symlinkSync(hosted.folder, path.join(hosted.root, 'link'));
      symlinkSync(outside, path.join(hosted.root, 'link.axon'));
      expect(problemOf(await hosted.host.openProject({ path: `${hosted.root}/${name}` })).code).toBe(
        'file/outside-root',
      );
    },
  );

  it('does not save outside, not even through a link that leads nowhere yet', async () => {
    symlinkSync(path.join(hosted.folder, 'new.axon'), path.join(hosted.root, 'dangling.axon'));
    const { project } = valueOf(await hosted.host.newProject({}));
    for (const name of ['../new.axon', 'dangling.axon']) {
      const refused = await hosted.host.saveProject({
        project,
        document: table,
        path: `${hosted.root}/${name}`,
      });
      expect(problemOf(refused).code).toBe('file/outside-root');
    }
  });

  it('does not read data outside', async () => {
    const csv = put('secret.csv', '1,2\n');
    const { project } = valueOf(await hosted.host.newProject({}));
    const refused = await hosted.host.facts({
      project,
      block: 'data',
      type: 'CSVTable',
      params: { path: csv },
    });
    expect(problemOf(refused).code).toBe('file/outside-root');
    const run = await hosted.host.startRun({
      project,
      document: documentOf({ data: ['CSVTable', { path: csv }] }),
    });
    expect(problemOf(run).code).toBe('file/outside-root');
  });

  it('does not read runs or export outside', async () => {
    expect(problemOf(await hosted.host.readRun({ run: '/etc' })).code).toBe('file/outside-root');
    expect(
      problemOf(await hosted.host.exportRun({ run: hosted.root, format: 'tfjs', path: '/tmp/model' })).code,
    ).toBe('file/outside-root');
  });

  it('is shown what is inside: folders first, no hidden files, no way out', async () => {
    put('projects/b.axon', table);
    put('projects/a.csv', '1');
    put('projects/.hidden', '');
    mkdirSync(path.join(hosted.root, 'z'));
    symlinkSync('/etc', path.join(hosted.root, 'way-out'));
    const listed = valueOf(await hosted.host.browse({}));
    expect(listed.entries.map(({ name }) => name)).toEqual(['z', 'a.csv', 'b.axon']);
    expect(listed.parent).toBeNull();
    const only = valueOf(await hosted.host.browse({ extensions: ['axon'] }));
    expect(only.entries.map(({ name }) => name)).toEqual(['z', 'b.axon']);
    expect(valueOf(await hosted.host.browse({ path: path.join(hosted.root, 'z') })).parent).toBe(hosted.root);
    expect(problemOf(await hosted.host.browse({ path: '/etc' })).code).toBe('file/outside-root');
    expect(problemOf(await hosted.host.browse({ path: path.join(hosted.root, 'b.axon') })).message).toContain(
      'b.axon',
    );
  });
});

it('a dropped text opens as untitled, and a damaged one is named', async () => {
  const opened = valueOf(await hosted.host.openText({ name: 'mine.axon', text: JSON.stringify(table) }));
  expect(opened).toMatchObject({ name: 'mine', path: null });
  expect(problemOf(await hosted.host.openText({ name: 'mine.axon', text: '{' })).message).toContain(
    'mine.axon',
  );
});
