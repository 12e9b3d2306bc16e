/** Wrong usage and bad input: a sentence on standard error, the right exit code, never a stack trace. */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf, moons } from '../host/hosted';
import { lacks } from '../environment';
import { Desk, isBuilt, only } from './axonry';

const TRACE = /\n\s+at .+\(?.+:\d+:\d+\)?/;

describe.skipIf(lacks('the built command line (npm run build)', isBuilt))('the command line', () => {
  let desk: Desk;
  beforeAll(() => {
    desk = new Desk();
    desk.write('moons.axon', moons());
    desk.write('cut.axon', '{"format":"axonry","schema":1,');
    desk.write('text.axon', 'layers: 3');
    desk.write('newer.axon', JSON.stringify({ ...moons(), schema: 99, app: '9.0.0' }));
    desk.write('unknown.axon', { ...documentOf({ data: ['ToyData'], odd: ['QuantumLayer'] }) });
    desk.write(
      'cycle.axon',
      documentOf({ a: ['Dense'], b: ['Dense'] }, [
        ['a.output', 'b.input'],
        ['b.output', 'a.input'],
      ]),
    );
    desk.write('ragged.csv', 'x,y\n1,2\n3,4,5\n');
    desk.write('text-in-number.csv', 'x,y\n1,2\n3,4\nfive,6\n7,8\n');
    desk.write('holes.csv', 'x,y\n1,2\n,4\n5,6\n7,8\n');
    desk.write('a-idx3-ubyte', '\0\0\b\u0003');
    desk.write('cat.png', '\u0089PNG\r\n');
    desk.write('empty.csv', '');
    desk.write('two.axon', documentOf({ left: ['Digits'], right: ['ToyData'] }));
    mkdirSync(desk.file('images'));
  });
  afterAll(() => desk.close());

  it.each([
    ['no command', [], 2, /Usage: axonry COMMAND/],
    ['a command that is not there', ['fly'], 2, /There is no command fly. The commands are check, train/],
    ['nothing where a file is named', ['check', ''], 2, /An argument is empty/],
    [
      'nothing where a place is named',
      ['export', 'run', '--format', 'tfjs', '--out', ''],
      2,
      /--out is empty/,
    ],
    ['an unknown option', ['train', 'moons.axon', '--fast'], 2, /--fast/],
    ['an option that is nearly one', ['train', 'moons.axon', '--epoch', '3'], 2, /Is --epochs meant\?/],
    [
      'a table for a project',
      ['train', 'ragged.csv'],
      1,
      /ragged\.csv is a table, not a project\. axonry data ragged\.csv says .* --data ragged\.csv trains/,
    ],
    [
      'an IDX file for a project',
      ['check', 'a-idx3-ubyte'],
      1,
      /is an IDX file, not a project\. axonry data \./,
    ],
    ['a picture for a project', ['check', 'cat.png'], 1, /cat\.png is not a project: those end in \.axon/],
    [
      'too many samples',
      ['data', 'digits?count=90000000'],
      1,
      /count is 90,000,000; it must be at most \d+,\d/,
    ],
    ['an option without its value', ['train', 'moons.axon', '--epochs'], 2, /--epochs/],
    ['too few arguments', ['check'], 2, /check needs an argument/],
    ['too many arguments', ['check', 'a', 'b'], 2, /what to do with b/],
    [
      'epochs that are no number',
      ['train', 'moons.axon', '--epochs', 'ten'],
      2,
      /--epochs must be a whole number/,
    ],
    ['a negative seed', ['train', 'moons.axon', '--seed', '-1'], 2, /at least 0, not -1/],
    [
      'negative epochs',
      ['train', 'moons.axon', '--epochs', '-1'],
      2,
      /--epochs must be .* at least 1, not -1/,
    ],
    ['an option for a value', ['train', 'moons.axon', '--out', '--seed'], 2, /Write --out=VALUE/],
    ['a negative seed, written so', ['train', 'moons.axon', '--seed=-1'], 2, /at least 0, not -1/],
    ['a seed beyond all numbers', ['train', 'moons.axon', '--seed', '1e300'], 2, /at least 0, not 1e300/],
    [
      'a rate beyond all numbers',
      ['train', 'moons.axon', '--set', 'optimizer.learning_rate=1e400'],
      1,
      /not "1e400"/,
    ],
    ['an engine that is none', ['check', 'moons.axon', '--engine', 'cuda'], 2, /tensorflow or wasm/],
    [
      'a format that is none',
      ['export', 'run', '--format', 'onx', '--out', 'x'],
      2,
      /--format is tfjs, not onx/,
    ],
    ['an export without a place', ['export', 'run', '--format', 'tfjs'], 2, /--out is missing/],
    [
      'an assignment without a value',
      ['train', 'moons.axon', '--set', 'dense.units'],
      2,
      /BLOCK.PARAMETER=VALUE/,
    ],
    ['a part that is none', ['evaluate', 'run', '--part', 'all'], 2, /train, validation or test/],
    ['a port that is none', ['serve', '--port', '70000'], 2, /at most 65535/],
    ['a snapshot of no run', ['train', 'x.axon', '--snapshot', 'y'], 2, /--snapshot.*--resume/],
    ['a resumed run with another seed', ['train', '--resume', 'x', '--seed', '3'], 2, /--resume.*--seed/],
    ['a project that is not there', ['check', 'gone.axon'], 1, /gone\.axon.*nothing at this path/],
    ['a folder as a project', ['train', 'images'], 1, /images.*folder/],
    ['a project that is cut off', ['check', 'cut.axon'], 1, /cut\.axon/],
    ['a project that is not JSON', ['train', 'text.axon'], 1, /Line 1 of .*text\.axon/],
    ['a project of a newer version', ['check', 'newer.axon'], 1, /version 99, written by Axonry 9\.0\.0/],
    ['a block that is not known', ['train', 'unknown.axon'], 1, /QuantumLayer/],
    ['a cycle', ['train', 'cycle.axon'], 1, /a|b/],
    [
      'a set parameter of no block',
      ['train', 'moons.axon', '--set', 'nope.units=1'],
      1,
      /no block nope. It has data, dense/,
    ],
    [
      'a set parameter that is none',
      ['train', 'moons.axon', '--set', 'dense.unit=1'],
      1,
      /Dense has no parameter unit/,
    ],
    [
      'a value out of range',
      ['train', 'moons.axon', '--set', 'dense.units=0'],
      1,
      /units is 0; it must be at least 1/,
    ],
    [
      'a source that is nothing',
      ['data', 'irises'],
      1,
      /irises is neither a file or folder nor a built-in source/,
    ],
    [
      'an option of a source that is none',
      ['data', 'digits?size=3'],
      1,
      /Digits has no parameter size. It has count, seed/,
    ],
    ['data for two blocks', ['check', 'two.axon', '--data', 'digits'], 1, /--data left=SOURCE/],
    [
      'training on a table with ragged rows',
      ['train', 'moons.axon', '--data', 'ragged.csv'],
      1,
      /ragged\.csv, line 3/,
    ],
    [
      'training on a table with text in a number column',
      ['train', 'moons.axon', '--data', 'text-in-number.csv'],
      1,
      /text-in-number\.csv.*(4|x)/,
    ],
    ['an empty table', ['data', 'empty.csv'], 1, /empty\.csv/],
    ['a folder without pictures', ['data', 'images'], 1, /images/],
    ['a run that is none', ['evaluate', 'images'], 1, /images is not the folder of a run/],
    ['a run to resume that is none', ['train', '--resume', 'images'], 1, /images is not the folder of a run/],
    ['a root that is none', ['serve', '--root', 'moons.axon'], 1, /moons\.axon is not a folder/],
  ])('answers %s with a sentence', async (_, args, code, sentence) => {
    const ended = await desk.run(...args);
    expect(ended.stderr).toMatch(sentence);
    expect(ended.stderr).not.toMatch(TRACE);
    expect(ended.stderr).not.toContain('Axonry made a mistake');
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
  });

  it('shows what a damaged table holds all the same', async () => {
    const { stdout, stderr, code } = await desk.run('data', 'ragged.csv', '--json');
    expect(only(stdout)).toMatchObject({
      type: 'data',
      n: 2,
      problems: [{ code: 'data/ragged-row', severity: 'error' }],
    });
    expect(stderr).toContain('ragged.csv, line 3');
    expect(code).toBe(1);
  });

  it('names the ways to deal with empty cells as they are written here', async () => {
    const { stderr } = await desk.run('data', 'holes.csv');
    expect(stderr).toMatch(/line 3, column x: the cell is empty.* holes\.csv\?missing=mean does the one/);
  });

  it('says the same to programs, as one JSON object', async () => {
    const { stdout, stderr, code } = await desk.run('check', 'cut.axon', '--json');
    expect(only(stdout)).toMatchObject({ type: 'problem', code: 'document/not-json' });
    expect(stderr).toContain('cut.axon');
    expect(code).toBe(1);
  });

  it('explains each command', async () => {
    for (const name of [
      'check',
      'train',
      'evaluate',
      'export',
      'blocks',
      'data',
      'runs',
      'serve',
      'doctor',
    ]) {
      const { stdout, code } = await desk.run(name, '--help');
      expect(stdout).toContain(`Usage: axonry ${name}`);
      const words = stdout.trim().split('\n').slice(3);
      expect(words.length).toBeGreaterThan(1);
      for (const line of words) expect(line).toMatch(/^ {2}\S.* {2,}\S/);
      expect(code).toBe(0);
    }
  });
});
