/** What the commands answer, as the JSON that programs rely on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report, type Examination } from '../../shared/protocol/run';
import { canTrain, documentOf, moons } from '../host/hosted';
import { lacks } from '../environment';
import { Desk, isBuilt, lines, only } from './axonry';

describe.skipIf(lacks('the built command line (npm run build)', isBuilt))('a command', () => {
  let desk: Desk;
  beforeAll(() => {
    desk = new Desk();
    desk.write('moons.axon', moons());
  });
  afterAll(() => desk.close());

  it('blocks writes a help page for each block, with an index', async () => {
    const { stdout, code } = await desk.run('blocks', '--html', desk.file('help'), '--json');
    const { index, pages } = JSON.parse(stdout) as { index: string; pages: number };
    expect(code).toBe(0);
    expect(readdirSync(path.dirname(index))).toHaveLength(pages + 1);
    expect(readFileSync(index, 'utf8')).toContain('Dense.html');
    const { code: refused, stderr } = await desk.run('blocks', '--html', path.join(index, 'inside'));
    expect(refused).toBe(1);
    expect(stderr).toContain('Choose another folder');
  });

  it('blocks lists the catalogue', async () => {
    const { stdout, code } = await desk.run('blocks', '--json');
    const blocks = JSON.parse(stdout) as { type: string; ports: { inputs: unknown[]; outputs: unknown[] } }[];
    expect(code).toBe(0);
    expect(blocks.length).toBeGreaterThan(30);
    expect(blocks.find(({ type }) => type === 'Dense')).toMatchObject({
      type: 'Dense',
      category: 'Core',
      ports: { inputs: [{ name: 'input', kind: 'tensor' }], outputs: [{ name: 'output', kind: 'tensor' }] },
      parameters: { units: { kind: 'integer', default: 32 } },
    });
  });

  it('templates lists architectures; check and new take their names', async () => {
    const listed = await desk.run('templates', '--json');
    const templates = JSON.parse(listed.stdout) as { name: string; parameters: number }[];
    expect(templates.find(({ name }) => name === 'resnet-50')).toMatchObject({ parameters: 25_636_712 });
    const checked = await desk.run('check', 'resnet-50', '--json');
    expect(checked.code).toBe(0);
    expect(only(checked.stdout)).toMatchObject({ errors: 0, plan: null, totals: { parameters: 25_636_712 } });
    expect((await desk.run('new', 'resnet-50', '--out', 'mine.axon', '--json')).code).toBe(0);
    expect((await desk.run('check', 'mine.axon', '--set', 'bottleneck_identity.repeat=1')).code).toBe(0);
    const again = await desk.run('new', 'resnet-50', '--out', 'mine.axon');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('is there already')]);
    const unknown = await desk.run('new', 'resnet-51', '--out', 'other.axon');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('no architecture resnet-51')]);
  });

  it.skipIf(lacks('the engine with its native part', canTrain))(
    'profile says where the time of a step goes, and leaves nothing behind',
    async () => {
      const { stdout, code } = await desk.run('profile', 'moons.axon', '--json');
      expect(code).toBe(0);
      const { type, batchSize, blocks, milliseconds, run, estimate } = only(
        stdout,
      ) as unknown as Examination & {
        type: string;
        estimate: { step: number; blocks: Record<string, number> };
      };
      expect([type, batchSize]).toEqual(['profile', 32]);
      expect(blocks.map(({ block }) => block)).toEqual(['dense', 'output']);
      for (const { forward, backward } of blocks) expect(Math.min(forward, backward)).toBeGreaterThan(0);
      expect(Math.min(...Object.values(milliseconds), run.step)).toBeGreaterThan(0);
      // What was to be expected stands beside it, before anything was trained.
      expect(estimate.step).toBeGreaterThan(0);
      expect(Object.keys(estimate.blocks)).toEqual(['dense', 'output']);
      expect(existsSync(desk.file('moons.runs'))).toBe(false);
    },
  );

  it('doctor says whether this machine can train', async () => {
    const { stdout, code } = await desk.run('doctor', '--json');
    const { type, ready, checks } = only(stdout);
    expect(type).toBe('doctor');
    expect((checks as unknown[]).length).toBeGreaterThan(2);
    expect(code).toBe(ready === true ? 0 : 1);
  });

  describe.skipIf(lacks('the engine with its native part', canTrain))('with the engine', () => {
    it('data says what a source holds', async () => {
      const { stdout, code } = await desk.run('data', 'moons?count=120&seed=3', '--json');
      expect(code).toBe(0);
      expect(only(stdout)).toMatchObject({
        type: 'data',
        n: 120,
        parts: { train: 120, validation: 0, test: 0 },
        columns: [{ role: 'input' }, { role: 'input' }, { role: 'target', classes: ['0', '1'] }],
        problems: [],
      });
    });

    it('check reads the data and compiles', async () => {
      const { stdout, code } = await desk.run('check', 'moons.axon', '--json');
      expect(code).toBe(0);
      expect(only(stdout)).toMatchObject({
        type: 'check',
        errors: 0,
        plan: {
          parameters: 33,
          multiplyAdds: 24,
          layers: [
            { block: 'dense', class_name: 'Dense', output_shape: [null, 8], parameters: 24 },
            { block: 'output', class_name: 'Dense', output_shape: [null, 1], parameters: 9 },
          ],
        },
      });
    });

    it('check counts errors and names the block', async () => {
      const { stdout, code } = await desk.run('check', 'moons.axon', '--data', 'digits?count=50', '--json');
      const { errors, plan, diagnostics } = only(stdout);
      expect(code).toBe(1);
      expect(errors).toBeGreaterThan(0);
      expect(plan).toBeNull();
      for (const diagnostic of diagnostics as object[]) {
        expect(Object.keys(diagnostic).sort()).toEqual([
          'block',
          'code',
          'fixes',
          'message',
          'port',
          'severity',
          'why',
        ]);
      }
    });

    it('check of a table that is gone names the file and the block, once', async () => {
      desk.write(
        'table.axon',
        documentOf({ data: ['CSVTable', { path: 'gone.csv' }], input: ['Input'] }, [
          ['data.data', 'input.data'],
        ]),
      );
      const { stdout, code } = await desk.run('check', 'table.axon', '--json');
      const about = (only(stdout).diagnostics as { block: string; message: string }[]).filter(
        ({ block }) => block === 'data',
      );
      expect(code).toBe(1);
      expect(about.filter(({ message }) => message.includes('gone.csv'))).toHaveLength(1);
    });

    it('train prints the events of the ledger and ends with the report; the others read its run', async () => {
      const trained = await desk.run(
        'train',
        'moons.axon',
        '--epochs',
        '2',
        '--seed',
        '7',
        '--set',
        'dense.units=4',
        '--out',
        'mine',
        '--json',
      );
      expect(trained.code).toBe(0);
      const events = lines(trained.stdout);
      expect(events.map(({ type }) => type).filter((type) => type !== 'diagnostic')).toEqual([
        'started',
        'epoch',
        'epoch',
        'kept',
        'report',
      ]);
      const last = report.parse(events[events.length - 1]);
      expect(last).toMatchObject({
        run: desk.file('mine'),
        seed: 7,
        epochs: 2,
        engine: { backend: 'tensorflow' },
        stopped: 'finished',
      });
      expect(last.metrics.test).toMatchObject({ n: 20, accuracy: expect.any(Number) as number });
      expect(last.confusion?.labels).toEqual(['0', '1']);
      expect(readdirSync(desk.file('mine'))).toEqual(
        expect.arrayContaining(['run.json', 'document.axon', 'plan.json', 'events.jsonl', 'checkpoints']),
      );
      expect(readFileSync(desk.file('mine/document.axon'), 'utf8')).toContain('"units": 4');
      expect(readFileSync(desk.file('moons.axon'), 'utf8')).toContain('"units": 8');

      const again = await desk.run('train', 'moons.axon', '--out', 'mine');
      expect(again.code).toBe(1);
      expect(again.stderr).toContain('mine is not empty');

      const evaluated = await desk.run('evaluate', 'mine', '--json');
      expect(evaluated.code).toBe(0);
      expect(only(evaluated.stdout)).toMatchObject({
        type: 'evaluation',
        run: desk.file('mine'),
        part: 'test',
        n: 20,
        confusion: last.confusion,
      });

      const other = await desk.run('evaluate', 'mine', '--data', 'moons?count=300&seed=9', '--json');
      expect(only(other.stdout)).toMatchObject({ n: 300 });

      const exported = await desk.run(
        'export',
        'mine',
        '--format',
        'tfjs',
        '--out',
        'model',
        '--verify',
        '--json',
      );
      expect(exported.code).toBe(0);
      expect(only(exported.stdout)).toMatchObject({
        type: 'export',
        path: desk.file('model'),
        format: 'tfjs',
        verified: true,
      });
      expect(existsSync(desk.file('model/model.json'))).toBe(true);

      const toModel = ['export', 'mine', '--format', 'tfjs', '--out', 'model'];
      const refused = await desk.run(...toModel);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('model is there already. Name another folder, or add --replace');
      expect((await desk.run(...toModel, '--replace')).code).toBe(0);
    });

    it('evaluate reads another table as the project reads its own, unless it is told otherwise', async () => {
      const rows = (cell: string) => 'a,label,b\n' + `${cell},no,1\n0,yes,2\n1,no,3\n`.repeat(20);
      desk.write('own.csv', rows(''));
      desk.write('other.csv', rows(''));
      const table = (path: string) => ({ path, target: 'label', missing: 'mean' });
      const document = moons();
      const read = { ...document.blocks.data, type: 'CSVTable', params: table('own.csv') };
      desk.write('table.axon', { ...document, blocks: { ...document.blocks, data: read }, facts: {} });
      expect((await desk.run('train', 'table.axon', '--epochs', '1', '--out', 'of-table')).code).toBe(0);
      const evaluate = (data: string) => desk.run('evaluate', 'of-table', '--data', data, '--json');
      expect(only((await evaluate('other.csv')).stdout)).toMatchObject({ n: 60 });
      expect(only((await evaluate('other.csv?missing=drop')).stdout)).toMatchObject({ n: 40 });
    });

    it('runs lists the reports without their matrices', async () => {
      const trained = await desk.run('train', 'moons.axon', '--epochs', '1');
      expect(trained.code).toBe(0);
      expect(trained.stdout).toContain('Confusion matrix of the test part, rows true, columns predicted:');
      const { stdout, code } = await desk.run('runs', 'moons.axon', '--json');
      const [run] = JSON.parse(stdout) as Record<string, unknown>[];
      expect(code).toBe(0);
      expect(run).toMatchObject({
        type: 'report',
        run: desk.file('moons.runs/run-0001'),
        epochs: 1,
        state: 'finished',
      });
      expect(run.confusion).toBeUndefined();
    });

    it('train --resume with more epochs goes on as if it had never ended', async () => {
      const losses = async (...args: string[]) => {
        const { stdout, code } = await desk.run('train', ...args, '--json');
        expect(code).toBe(0);
        const events = lines(stdout).filter(({ type }) => type === 'epoch');
        return events.map(({ epoch, train }) => [epoch, (train as { loss: number }).loss]);
      };
      const whole = await losses('moons.axon', '--epochs', '4', '--out', 'whole');
      const half = await losses('moons.axon', '--epochs', '2', '--out', 'half');
      const rest = await losses('--resume', 'half', '--epochs', '4');
      expect([...half, ...rest]).toEqual(whole);
      expect((await desk.run('train', '--resume', 'half', '--epochs', '3')).stderr).toContain(
        'trained for 4 epochs',
      );
    });

    it('train puts another source in place of the project’s', async () => {
      desk.write(
        'points.csv',
        'a,b,label\n' + Array.from({ length: 60 }, (_, i) => `${i % 2},${i % 3},${i % 2}`).join('\n'),
      );
      const { stdout, code } = await desk.run(
        'train',
        'moons.axon',
        '--data',
        'data=points.csv?target=label',
        '--epochs',
        '1',
        '--json',
      );
      expect(lines(stdout).find(({ type }) => type === 'started')).toMatchObject({ samples: { train: 48 } });
      expect(code).toBe(0);
    });

    it.skipIf(process.platform === 'win32')('train stops at Ctrl+C with a report', async () => {
      const going = desk.start('train', 'moons.axon', '--epochs', '100000', '--json');
      await going.says(/"type":"epoch"/);
      going.process.kill('SIGINT');
      const { code, stdout, stderr } = await going.ended;
      const events = lines(stdout);
      expect(events[events.length - 1]).toMatchObject({ type: 'report', stopped: 'asked' });
      expect(stderr).toContain('Stopping after this step');
      expect(code).toBe(0);
    });

    it.skipIf(process.platform === 'win32')(
      'train that was killed is listed as lost and resumed',
      async () => {
        const going = desk.start('train', 'moons.axon', '--epochs', '100000', '--out', 'killed', '--json');
        await going.says(/"epoch":3/);
        going.process.kill('SIGKILL');
        await going.ended;
        const resumed = desk.start('train', '--resume', 'killed', '--json');
        const started = await resumed.says(/"type":"started".*/);
        expect((JSON.parse(`{${started}`) as { epoch: number }).epoch).toBeGreaterThan(2);
        await resumed.says(/"type":"epoch"/);
        resumed.process.kill('SIGINT');
        expect((await resumed.ended).code).toBe(0);
        expect(readFileSync(desk.file('killed/events.jsonl'), 'utf8')).toContain('"type":"lost"');
      },
    );

    it('a learning rate that explodes stops the run, keeps it and says so', async () => {
      const { code, stderr, stdout } = await desk.run(
        'train',
        'moons.axon',
        '--set',
        'optimizer.learning_rate=1e38',
        '--set',
        'dense.activation=linear',
        '--set',
        'output.activation=linear',
        '--json',
      );
      const events = lines(stdout);
      expect(events[events.length - 1]).toMatchObject({ type: 'report', stopped: 'not-finite' });
      expect(stderr).toMatch(/not finite|NaN|infinite/i);
      expect(code).toBe(1);
    });
  });

  it('train, evaluate and export do without TensorFlow on WebAssembly', async () => {
    const withoutNative = new Desk({ AXONRY_NATIVE: desk.file('no native engine') });
    withoutNative.write('moons.axon', moons());
    const trained = await withoutNative.run(
      'train',
      'moons.axon',
      '--engine',
      'wasm',
      '--out',
      'run',
      '--json',
    );
    expect(trained.code).toBe(0);
    expect(report.parse(lines(trained.stdout).pop()).engine).toMatchObject({
      backend: 'wasm',
      step: 'eager',
    });
    const evaluated = await withoutNative.run('evaluate', 'run', '--engine', 'wasm', '--json');
    expect(only(evaluated.stdout)).toMatchObject({ type: 'evaluation' });
    const exported = await withoutNative.run('export', 'run', '--engine', 'wasm', '--format', 'tfjs', '--out', 'model', '--verify', '--json'); // prettier-ignore
    expect(only(exported.stdout)).toMatchObject({ type: 'export', verified: true });
    withoutNative.close();
  });

  it('serve prints an address that opens, and ends when it is told to', async () => {
    const going = desk.start('serve', '--port', '0', '--json');
    const { address } = JSON.parse(await going.says(/\{.*\}/)) as { address: string };
    const answer = await fetch(address, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    going.process.kill('SIGTERM');
    expect((await going.ended).code).toBe(0);
  });

  it('serve on a port that is in use names one that is free', async () => {
    const going = desk.start('serve', '--port', '0', '--json');
    const { port } = JSON.parse(await going.says(/\{.*\}/)) as { port: number };
    const { code, stderr } = await desk.run('serve', '--port', String(port));
    expect(stderr).toMatch(new RegExp(`Port ${port} is used by another program. Try --port \\d+`));
    expect(code).toBe(1);
    going.process.kill('SIGTERM');
    await going.ended;
  });
});
