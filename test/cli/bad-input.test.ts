/** Files, folders, disks and settings that cannot work: a sentence that says where and what to do, and nothing is lost. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../shared/document/document';
import { report as reportSchema } from '../../shared/protocol/run';
import { idxBytes } from '../data/made-files';
import { lacks, noNetwork } from '../environment';
import { canTrain, documentOf, moons } from '../host/hosted';
import { canMount, SmallDisk } from '../small-disk';
import { Desk, isBuilt, lines, type Ended } from './axonry';

const examples = path.resolve(import.meta.dirname, '../../assets/examples');

let desk: Desk;
beforeAll(() => {
  desk = new Desk();
});
afterAll(() => desk.close());

/** The sentence of work that failed: once as JSON, once for people, and no trace of the program's inside. */
function problem({ code, stdout, stderr }: Ended): { code: string; message: string } {
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/^\s+at |Error:|node:internal|undefined/m);
  const told = lines(stdout).at(-1);
  const { code: name, message } = told as { code: string; message: string };
  expect(stderr).toContain(message);
  return { code: name, message };
}

const goodTable = ['a,b,kind', ...Array.from({ length: 40 }, (_, i) => `${i},${2 * i},${i % 2 ? 'x' : 'y'}`)];
const tableWith = (line: number, text: string): string =>
  `${goodTable.map((row, i) => (i + 1 === line ? text : row)).join('\n')}\n`;

// prettier-ignore
const tables: [what: string, name: string, content: string | Buffer, code: string, says: string[]][] = [
  ['that is empty', 'empty.csv', '', 'data/empty-file', ['empty.csv', 'Choose']],
  ['with nothing below its names', 'names.csv', 'a,b,kind\n', 'data/no-rows', ['names.csv', 'Add rows']],
  ['with a row that is too short', 'short.csv', tableWith(9, '7,14'), 'data/ragged-row', ['short.csv, line 9', 'Correct the row']],
  ['with a row that is too long', 'long.csv', tableWith(9, '7,14,x,1'), 'data/ragged-row', ['long.csv, line 9', 'Correct the row']],
  ['with a word among numbers', 'word.csv', tableWith(9, '7,many,x'), 'data/not-a-number', ['word.csv, line 9, column b', '“many”', 'Correct it']],
  ['with NaN', 'nan.csv', tableWith(9, '7,NaN,x'), 'data/missing', ['nan.csv, line 9, column b', '“NaN”', 'Correct it']],
  ['with infinity', 'infinite.csv', tableWith(9, '7,inf,x'), 'data/not-finite', ['infinite.csv, line 9, column b', 'Correct it']],
  ['with an empty cell', 'hole.csv', tableWith(9, '7,,x'), 'data/missing', ['hole.csv, line 9, column b', 'Correct it']],
  ['with one class only', 'one.csv', goodTable.join('\n').replaceAll('y', 'x'), 'data/one-class', ['one.csv, column kind', 'choose another target column']],
  ['with an open quotation mark', 'quote.csv', tableWith(9, '7,"14,x'), 'data/', ['quote.csv, after line 8', 'Close it']],
  ['that is a picture', 'picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'data/not-text', ['picture.csv', 'a table is needed as CSV']],
];

const images = idxBytes(
  'ubyte',
  [20, 4, 4],
  Array.from({ length: 320 }, (_, i) => i % 256),
);
const labels = (n: number, of = (i: number) => i % 3) =>
  idxBytes(
    'ubyte',
    [n],
    Array.from({ length: n }, (_, i) => of(i)),
  );
const [IMAGES, LABELS] = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte'];

// prettier-ignore
const idxFolders: [what: string, name: string, files: Record<string, Buffer>, says: string[]][] = [
  ['cut short', 'cut', { [IMAGES]: images.subarray(0, 100), [LABELS]: labels(20) }, [IMAGES, 'cut short', 'Get the file again']],
  ['cut within its header', 'header', { [IMAGES]: images.subarray(0, 6), [LABELS]: labels(20) }, [IMAGES, 'cut short']],
  ['of another format', 'wrong', { [IMAGES]: Buffer.from('GIF89a and more bytes'), [LABELS]: labels(20) }, [IMAGES, 'not an IDX file']],
  ['empty', 'nothing', { [IMAGES]: Buffer.alloc(0), [LABELS]: labels(20) }, [IMAGES, 'is empty']],
  ['packed and cut short', 'packed', { [`${IMAGES}.gz`]: gzipSync(images).subarray(0, 40), [LABELS]: labels(20) }, [`${IMAGES}.gz`, 'damaged or cut short']],
  ['with fewer labels', 'fewer', { [IMAGES]: images, [LABELS]: labels(19) }, ['20 pictures', '19 labels']],
  ['without labels', 'alone', { [IMAGES]: images }, ['but not its labels']],
  ['with one class only', 'same', { [IMAGES]: images, [LABELS]: labels(20, () => 5) }, ['same', 'every sample has the class 5']],
  ['without any file', 'bare', {}, ['bare holds no IDX files', 'Choose the folder']],
];

const tableNetwork = (file: string): Document =>
  documentOf(
    {
      table: ['CSVTable', { path: file }],
      split: ['Split'],
      input: ['Input'],
      dense: ['Dense', { units: 1, activation: 'sigmoid' }],
      loss: ['BinaryCrossentropy'],
      optimizer: ['Adam'],
      train: ['Train', { epochs: 1 }],
    },
    [
      ['table.data', 'split.data'],
      ['split.data', 'input.data'],
      ['input.output', 'dense.input'],
      ['dense.output', 'loss.prediction'],
      ['split.data', 'loss.labels'],
      ['loss.loss', 'train.loss'],
      ['optimizer.optimizer', 'train.optimizer'],
    ],
  );

const filesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

describe.skipIf(lacks('the built command line (npm run build)', isBuilt))(
  'bad input on the command line',
  () => {
    describe('a table', () => {
      it.each(tables)('%s', async (_, name, content, code, says) => {
        writeFileSync(desk.file(name), content);
        desk.write(`${name}.axon`, tableNetwork(name));
        const checked = await desk.run('check', `${name}.axon`, '--json');
        const [{ errors, diagnostics }] = lines(checked.stdout) as [
          { errors: number; diagnostics: { code: string; block: string; message: string }[] },
        ];
        expect(checked.code).toBe(1);
        expect(errors).toBeGreaterThan(0);
        expect(diagnostics[0].block).toBe('table');
        expect(diagnostics[0].code.startsWith(code)).toBe(true);
        for (const words of says) expect(diagnostics[0].message).toContain(words);
      });

      it('is refused in the same words by data and train, before a run is made', async () => {
        desk.write('both.csv', tableWith(9, '7,many,x'));
        desk.write('both.axon', tableNetwork('both.csv'));
        const read = await desk.run('data', 'both.csv');
        const { message } = problem(await desk.run('train', 'both.axon', '--json'));
        expect(message).toContain('both.csv, line 9, column b');
        expect(read.code).toBe(1);
        expect(read.stderr.trim()).toBe(message);
        expect(filesIn(desk.file('both.runs'))).toEqual([]);
      });

      it('that is a folder, is missing, or lies below a file', async () => {
        mkdirSync(desk.file('folder.csv'));
        desk.write('plain.txt', 'text');
        for (const [name, says] of [
          ['folder.csv', 'is a folder. Choose a CSV file in it.'],
          ['gone.csv', 'is not there. Choose the file again'],
          ['plain.txt/table.csv', 'is not there. Choose the file again'],
          ['', 'No CSV file is chosen yet. Choose one'],
        ]) {
          desk.write('away.axon', tableNetwork(name));
          const { message } = problem(await desk.run('train', 'away.axon', '--json'));
          expect(message).toContain(says);
          if (name !== '') expect(message).toContain(desk.file(name));
        }
      });
    });

    it.each(idxFolders)('IDX files %s', async (_, name, files, says) => {
      mkdirSync(desk.file(name));
      for (const [file, bytes] of Object.entries(files))
        writeFileSync(path.join(desk.file(name), file), bytes);
      const { code, stderr } = await desk.run('data', name);
      expect(code).toBe(1);
      for (const words of says) expect(stderr).toContain(words);
      expect(stderr).not.toMatch(/^\s+at /m);
    });

    describe('a project file', () => {
      const good = moons();
      const changed = (change: (document: Document) => void): string => {
        const document = structuredClone(good);
        change(document);
        return JSON.stringify(document, null, 2);
      };
      const wireInto = (block: string) =>
        Object.keys(good.wires).find((id) => good.wires[id].to.block === block) ?? '';

      // prettier-ignore
      it.each([
      ['that is text', 'text.axon', 'no project', 'Line 1 of', 'Correct it there'],
      ['that is empty', 'void.axon', '', 'Line 1 of', 'the text ends too early'],
      ['that is cut off', 'cut.axon', changed(() => undefined).slice(0, 500), 'Line ', 'older copy'],
      ['that is other JSON', 'other.axon', '{"name": 1}', 'no Axonry project', 'Choose a file'],
      ['of a later version', 'later.axon', changed((d) => Object.assign(d, { schema: 99 })), 'has file version 99', 'Open it with a newer Axonry'],
      ['without its facts', 'facts.axon', changed((d) => Reflect.deleteProperty(d, 'facts')), 'damaged at facts: it is missing', 'older copy'],
      ['with a damaged block', 'damaged.axon', changed((d) => Object.assign(d.blocks, { dense: 7 })), 'damaged at blocks.dense: an object is needed, not a number', 'older copy'],
    ])('%s', async (_, name, content, where, what) => {
      desk.write(name, content);
      const { message } = problem(await desk.run('check', name, '--json'));
      for (const words of [name, where, what]) expect(message).toContain(words);
      expect(readFileSync(desk.file(name), 'utf8')).toBe(content);
    });

      // prettier-ignore
      it.each([
      ['with an unknown block', 'block/unknown', 'dense', 'Quantum is not a block', changed((d) => (d.blocks.dense.type = 'Quantum'))],
      ['with a block of a later version', 'block/unknown', 'dense', 'version 99', changed((d) => (d.blocks.dense.version = 99))],
      ['with a loop', 'graph/cycle', 'dense', 'feed each other in a loop', changed((d) => (d.wires[wireInto('dense')].from = { block: 'output', port: 'output' }))],
      ['with a block that feeds itself', 'graph/cycle', 'dense', 'feeds itself', changed((d) => (d.wires[wireInto('dense')].from = { block: 'dense', port: 'output' }))],
      ['without a wire', 'graph/missing-input', 'dense', 'has no wire at "input"', changed((d) => delete d.wires[wireInto('dense')])],
      ['without any wire', 'graph/missing-input', 'train', 'Train has no wire at "loss"', changed((d) => (d.wires = {}))],
      ['with a wire from nowhere', 'graph/wire', 'dense', '"ghost", which is not there', changed((d) => (d.wires[wireInto('dense')].from.block = 'ghost'))],
      ['with a word for a number', 'block/parameter', 'dense', 'units must be a whole number', changed((d) => (d.blocks.dense.params.units = 'many'))],
    ])('%s', async (what, code, block, says, content) => {
      const name = `${what.replaceAll(' ', '-')}.axon`;
      desk.write(name, content);
      const checked = await desk.run('check', name, '--json');
      const [{ diagnostics }] = lines(checked.stdout) as [{ diagnostics: { code: string; block: string; message: string; why: string }[] }];
      expect(checked.code).toBe(1);
      const found = diagnostics.find((diagnostic) => diagnostic.code === code);
      expect(found?.block).toBe(block);
      expect(found?.message).toContain(says);
      expect(found?.why).not.toBe('');
      expect(checked.stderr).not.toMatch(/^\s+at /m);
      expect(readFileSync(desk.file(name), 'utf8')).toBe(content);
    });

      it('that cannot be trained is refused by train with the first of its errors', async () => {
        desk.write(
          'unknown.axon',
          changed((d) => (d.blocks.dense.type = 'Quantum')),
        );
        expect(problem(await desk.run('train', 'unknown.axon', '--json')).message).toContain(
          'Quantum is not a block',
        );
        expect(filesIn(desk.file('unknown.runs'))).toEqual([]);
      });

      it('that is missing, a folder, or below a file', async () => {
        mkdirSync(desk.file('folder.axon'));
        desk.write('file.txt', '');
        expect(problem(await desk.run('check', 'gone.axon', '--json')).message).toContain(
          'there is nothing at this path. Check the name',
        );
        expect(problem(await desk.run('check', 'folder.axon', '--json')).message).toContain(
          'it is a folder, not a file',
        );
        expect(problem(await desk.run('check', 'file.txt/net.axon', '--json')).message).toContain(
          'a part of its path is a file',
        );
      });
    });

    it('a port in use names one that is free', async () => {
      const other = net.createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as net.AddressInfo;
      const { code, message } = problem(await desk.run('serve', '--port', String(port), '--json'));
      other.close();
      expect(code).toMatch(/port/);
      expect(message).toContain(`Port ${port} is used by another program. Try --port `);
    });

    it('no network at the first start says so and trains nothing', async () => {
      const offline = new Desk({
        AXONRY_CACHE: path.join(desk.folder, 'empty cache'),
        AXONRY_NATIVE: undefined,
        ...noNetwork,
      });
      try {
        offline.write('net.axon', moons());
        const ended = await offline.run('train', 'net.axon', '--json');
        const { message } = problem(ended);
        expect(ended.stderr).toContain('add --engine wasm');
        expect(message).toContain('The native engine could not be prepared.');
        expect(message).toContain('Check the network, or set HTTPS_PROXY');
        expect(filesIn(offline.file('net.runs'))).toEqual([]);
        expect((await offline.run('check', 'net.axon')).code).toBe(0);
      } finally {
        offline.close();
      }
    }, 60_000);

    it.each(['plain/run', 'plain', '/proc/run'])('--out %s cannot be written', async (out) => {
      desk.write('net.axon', moons());
      desk.write('plain', 'kept');
      if (out.startsWith('/') && process.platform !== 'linux') return;
      const { message } = problem(await desk.run('train', 'net.axon', '--out', out, '--json'));
      expect(message).toContain(path.resolve(desk.folder, out));
      expect(message).toMatch(/could not be saved: .*\. [A-Z]/);
      expect(readFileSync(desk.file('plain'), 'utf8')).toBe('kept');
    });

    describe.skipIf(lacks('a small disk to fill (mount is not permitted)', canMount))('a full disk', () => {
      let disk: SmallDisk;
      beforeAll(() => {
        disk = new SmallDisk();
        copyFileSync(path.join(examples, 'digits-cnn.axon'), path.join(disk.folder, 'net.axon'));
      });
      afterAll(() => disk.close());
      const file = () => path.join(disk.folder, 'net.axon');
      const runs = () => path.join(disk.folder, 'net.runs');
      const digits = ['--data', 'digits?count=600', '--epochs', '3', '--json'];

      it('before a run leaves no half run behind', async () => {
        disk.fill();
        const { message } = problem(await desk.run('train', file(), ...digits));
        disk.free();
        expect(message).toContain('net.runs/run-0001');
        expect(message).toContain('the disk is full. Free some space');
        expect(filesIn(runs())).toEqual([]);
      });

      // The network's checkpoint takes 1.3 MB: the first fits, the second does not.
      it.skipIf(!canTrain)(
        'while a run saves its checkpoints keeps the last whole one, and the run goes on once there is room',
        async () => {
          const failed = await desk.run('train', file(), ...digits);
          const { code, message } = problem(failed);
          expect(code).toBe('disk/full');
          expect(message).toContain(
            'epoch-0002.safetensors was not saved: the disk is full. Free some space.',
          );
          expect(message).toContain('Everything up to epoch 1 is kept');
          const run = path.join(runs(), 'run-0001');
          expect(readdirSync(path.join(run, 'checkpoints'))).toEqual(['epoch-0001.safetensors']);
          expect((await desk.run('evaluate', run, '--json')).code).toBe(0);
          disk.grow();
          const goesOn = await desk.run('train', '--resume', run, '--json');
          expect(goesOn.code).toBe(0);
          expect(reportSchema.parse(lines(goesOn.stdout).at(-1)).epochs).toBe(3);
        },
        90_000,
      );
    });

    describe.skipIf(lacks('the engine with its native part', canTrain))(
      'a learning rate that explodes',
      () => {
        const explodes = [
          '--set',
          'adam.learning_rate=1e30',
          '--data',
          'digits?count=600',
          '--epochs',
          '3',
          '--json',
        ];

        it('stops the run, names the block, keeps weights that work', async () => {
          copyFileSync(path.join(examples, 'digits-cnn.axon'), desk.file('digits.axon'));
          const ended = await desk.run('train', 'digits.axon', ...explodes);
          expect(ended.code).toBe(1);
          expect(ended.stderr).not.toMatch(/^\s+at /m);
          const report = reportSchema.parse(lines(ended.stdout).at(-1));
          expect(report.stopped).toBe('not-finite');
          const found = report.diagnostics.find(({ code }) => code === 'run/not-finite');
          const { blocks } = JSON.parse(readFileSync(desk.file('digits.axon'), 'utf8')) as Document;
          expect(Object.keys(blocks)).toContain(found?.block);
          expect(found?.message).toContain(`of ${found?.block} became infinite or undefined`);
          expect(found?.why).toContain('The learning rate 1e+30 is too high for this network');
          expect(found?.why).toContain('Try 0.001.');
          expect(report.metrics.test?.loss).toBeGreaterThan(0);
          const evaluated = await desk.run('evaluate', report.run, '--json');
          expect(evaluated.code).toBe(0);
          expect((lines(evaluated.stdout)[0] as { metrics: { loss: number } }).metrics.loss).toBeCloseTo(
            report.metrics.test?.loss ?? NaN,
            4,
          );
          expect(
            (await desk.run('export', report.run, '--format', 'tfjs', '--out', 'taken', '--verify')).code,
          ).toBe(0);
        }, 90_000);

        it('that stays finite is told as a loss that grows, not as overfitting', async () => {
          desk.write('grows.axon', moons({ epochs: 8 }));
          const ended = await desk.run(
            'train',
            'grows.axon',
            '--set',
            'optimizer.learning_rate=1e4',
            '--json',
          );
          const { diagnostics } = reportSchema.parse(lines(ended.stdout).at(-1));
          const codes = diagnostics.map(({ code }) => code);
          expect(codes).toContain('run/diverging');
          expect(codes).not.toContain('run/overfit');
        });
      },
    );
  },
);
