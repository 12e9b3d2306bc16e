/** Project files: what was saved opens again; what cannot be opened says why. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMAT, SCHEMA_VERSION } from '../../shared/document/document';
import { loadDocument, saveText } from '../../shared/document/load';
import { assertConsecutive, migrate, MIGRATIONS } from '../../shared/document/migrations/migrations';
import { digitsData } from './data';
import { draw, network } from './draw';

const frozen = (version: number) =>
  readFileSync(path.join(import.meta.dirname, `documents/version-${version}.axon`), 'utf8');

const sample = () =>
  network(digitsData(), ['Split', 'Scale', 'OneHot'], ['Flatten', ['Dense', { units: 10 }], 'Softmax'])
    .document;

const problemOf = (text: string) => {
  const loaded = loadDocument(text, 'digits.axon');
  if (loaded.ok) throw new Error('it was opened');
  return loaded.problem;
};

const changed = (change: (file: Record<string, unknown>) => void) => {
  const file = JSON.parse(saveText(sample())) as Record<string, unknown>;
  change(file);
  return JSON.stringify(file, null, 2);
};

describe('saving and opening', () => {
  it('gives back the same document', () => {
    expect(loadDocument(saveText(sample()))).toEqual({ ok: true, value: sample() });
  });

  it('writes the same text whatever was drawn first', () => {
    const there = draw()
      .place('Dense', { units: 3, activation: 'relu' }, { id: 'a' })
      .place('ReLU', {}, { id: 'b' })
      .wire('a', 'b');
    const reversed = {
      ...there.document,
      blocks: Object.fromEntries(Object.entries(there.document.blocks).reverse()),
    };
    expect(saveText(reversed)).toBe(saveText(there.document));
  });

  it('changes one line for one parameter', () => {
    const before = saveText(draw().place('Conv2D', { kernel_size: [3, 3], filters: 8 }).document).split('\n');
    const after = saveText(draw().place('Conv2D', { kernel_size: [5, 5], filters: 8 }).document).split('\n');
    expect(before.filter((line, i) => line !== after[i])).toEqual(['        "kernel_size": [3, 3]']);
  });

  it('leaves text in notes and titles as it was written', () => {
    const drawing = draw().place('Dense', {}, { title: 'a [\n 1,\n 2\n ] "quoted" \\ end' });
    expect(loadDocument(saveText(drawing.document))).toEqual({ ok: true, value: drawing.document });
  });

  it('keeps blocks that it does not know, with their parameters', () => {
    const text = changed((file) => {
      (file.blocks as Record<string, unknown>).odd = {
        type: 'Conv9D', version: 4, title: '', params: { filters: 8, deep: { er: [1, null] } }, position: { x: 0, y: 0 },
      }; // prettier-ignore
    });
    const loaded = loadDocument(text);
    expect(loaded.ok && loaded.value.blocks.odd.params).toEqual({ filters: 8, deep: { er: [1, null] } });
    expect(loaded.ok && saveText(loaded.value)).toContain('"type": "Conv9D"');
  });

  it.each(Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1))(
    'opens the frozen file of version %i',
    (version) => {
      const loaded = loadDocument(frozen(version));
      expect(loaded.ok).toBe(true);
      expect(loaded.ok && Object.keys(loaded.value.blocks).length).toBeGreaterThan(5);
    },
  );
});

describe('files that cannot be opened', () => {
  it('names the line that is not JSON', () => {
    const lines = saveText(sample()).split('\n');
    lines[7] = '      "type" "Adam",';
    expect(problemOf(lines.join('\n'))).toEqual({
      code: 'document/not-json',
      message:
        'Line 8 of digits.axon cannot be read: "\\"" stands where a colon should be. Correct it there, or take an older copy of the file.',
    });
  });

  it('says that a file was cut off', () => {
    const text = saveText(sample());
    const cut = text.slice(0, text.length / 2);
    expect(problemOf(cut)).toEqual({
      code: 'document/not-json',
      message: expect.stringMatching(/^Line \d+ of digits\.axon cannot be read: /) as string,
    });
  });

  it.each([
    ['an empty file', '', 'document/not-json', 'the text ends too early'],
    ['a picture', '\u0089PNG\r\n', 'document/not-json', 'Line 1'],
    ['text after the end', '{} {}', 'document/not-json', 'text after the end'],
    ['a comma too many', '[1,]', 'document/not-json', 'where a value should be'],
    ['another JSON file', '{"name": "axonry"}', 'document/not-axonry', 'no Axonry project'],
    ['a list', '[]', 'document/not-axonry', 'no Axonry project'],
    ['a file of brackets', '['.repeat(1_000_000), 'document/not-json', 'nested more than 64'],
    ['no version', `{"format":"${FORMAT}"}`, 'document/damaged', '"schema" is missing'],
    ['version 0', `{"format":"${FORMAT}","schema":0}`, 'document/damaged', '"schema" is 0'],
    ['nothing but the head', `{"format":"${FORMAT}","schema":1}`, 'document/damaged', 'damaged at app'],
  ])('says what is wrong with %s', (_, text, code, words) => {
    const problem = problemOf(text);
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(words);
    expect(problem.message).toContain('digits.axon');
  });

  it('names both versions of a file from the future', () => {
    const { code, message } = problemOf(changed((file) => Object.assign(file, { schema: 7, app: '9.1.0' })));
    expect(code).toBe('document/too-new');
    expect(message).toContain('file version 7, written by Axonry 9.1.0');
    expect(message).toContain(`up to version ${SCHEMA_VERSION}`);
  });

  it('names the place of damage', () => {
    const text = changed((file) => {
      (file.blocks as Record<string, { position: unknown }>).dense.position = { x: 'left', y: 0 };
    });
    expect(problemOf(text)).toMatchObject({
      code: 'document/damaged',
      message: expect.stringContaining('blocks.dense.position.x') as string,
    });
  });

  it('refuses a file of more than 64 MB', () => {
    expect(problemOf(' '.repeat(64 * 2 ** 20 + 1)).code).toBe('document/too-large');
  });
});

describe('migrations', () => {
  it('lead from every older version to the current one', () => {
    expect(() => assertConsecutive(MIGRATIONS, SCHEMA_VERSION)).not.toThrow();
    const step = (from: number) => ({ from, migrate: (file: Record<string, never>) => file });
    expect(() => assertConsecutive([step(1), step(3)], 4)).toThrow('[1,3]');
  });

  it('are applied in order, from the version of the file on', () => {
    const step = (from: number) => ({
      from,
      migrate: (file: Record<string, unknown>) => ({ ...file, [`step${from}`]: true }) as never,
    });
    expect(migrate({ schema: 2 }, 2, [step(1), step(2), step(3)])).toEqual({
      schema: 4,
      step2: true,
      step3: true,
    });
  });
});
