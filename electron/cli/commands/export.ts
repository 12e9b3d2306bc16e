/** `export`: writes a trained model in the format of another tool. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fail } from '../../../shared/result';
import { UsageError, need, type Command } from '../command';
import { readRunArgument } from '../run-argument';
import { prepareEngine } from '../setup-progress';

const FORMATS = ['tfjs'] as const;
const isFormat = (text: string): text is (typeof FORMATS)[number] =>
  (FORMATS as readonly string[]).includes(text);

/** An empty folder is as good as none. */
const holdsFiles = (place: string): boolean =>
  existsSync(place) && (!statSync(place).isDirectory() || readdirSync(place).length > 0);

export const exportModel: Command = {
  name: 'export',
  usage: 'RUN --format tfjs --out PATH [--verify] [--replace]',
  summary: 'Write a trained model for another tool',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    verify: { type: 'boolean' },
    replace: { type: 'boolean' },
  },
  takes: { least: 1, most: 1 },
  run: async (context) => {
    const { terminal, options, positionals } = context;
    const format = options.text('format');
    const out = options.text('out');
    if (format === undefined) throw new UsageError(`--format is missing; it is ${FORMATS.join(' or ')}.`);
    if (!isFormat(format)) throw new UsageError(`--format is ${FORMATS.join(' or ')}, not ${format}.`);
    if (out === undefined) throw new UsageError('--out is missing: the folder to write the model to.');
    const target = path.resolve(out);
    if (holdsFiles(target) && !options.flag('replace'))
      return need(
        fail(
          'export/exists',
          `${target} is there already. Name another folder, or add --replace to put the model in place of an earlier export.`,
        ),
      );
    const host = context.host();
    const { place } = await readRunArgument(host, positionals[0]);
    await prepareEngine(context, host);
    const exported = need(
      await host.parts.inspection.export({
        ...place,
        format,
        path: target,
        verify: options.flag('verify'),
      }),
    );
    terminal.printJson(exported);
    terminal.print(`Wrote ${exported.files.join(', ')} to ${exported.path}.`);
    if (exported.verified) {
      terminal.print(
        `Read back with ${exported.reader ?? 'its reader'}: predictions differ by at most ${exported.maxDifference ?? 0}.`,
      );
    }
    return 0;
  },
};
