/** `data`: what a data source holds. */
import type { ColumnFacts } from '../../../shared/document/facts';
import { need, type Command } from '../command';
import { missingWay, parseSource } from '../data-source';
import { showReading } from '../reading-progress';

const figure = (value: number | null): string =>
  value === null ? '–' : String(Number(value.toPrecision(5)));

function line({
  name,
  role,
  dtype,
  shape,
  classes,
  min,
  max,
  mean,
  std,
  missing,
  onDisk,
}: ColumnFacts): string {
  const kind = shape.length === 0 ? dtype : `${dtype} ${shape.join('×')}`;
  const statistics = `min ${figure(min)}, max ${figure(max)}, mean ${figure(mean)}, std ${figure(std)}`;
  const labels = classes
    ? `, ${classes.length} classes (${classes.slice(0, 10).join(', ')}${classes.length > 10 ? ', …' : ''})`
    : '';
  return `  ${name} (${role}, ${kind}): ${statistics}${missing > 0 ? `, ${missing} missing` : ''}${labels}${onDisk ? ', read from the disk as it is needed' : ''}`;
}

export const data: Command = {
  name: 'data',
  usage: 'SOURCE',
  summary: 'Say what a data source holds: shapes, types, classes, statistics, problems',
  options: {},
  takes: { least: 1, most: 1 },
  run: async ({ terminal, positionals: [text], host }) => {
    const { type, params } = need(await parseSource(text));
    const opened = host();
    showReading(terminal, opened);
    const asker = { project: null, block: type };
    const facts = need(await opened.parts.data.facts(type, params, process.cwd(), asker));
    const { source, n, parts, columns, problems } = facts;
    terminal.printJson({ type: 'data', source, n, parts, columns, problems });
    terminal.print(
      `${source}: ${n} samples (train ${parts.train}, validation ${parts.validation}, test ${parts.test})`,
    );
    for (const column of columns) terminal.print(line(column));
    const errors = problems.filter(({ severity }) => severity === 'error');
    for (const { severity, message, code } of problems)
      if (severity !== 'error') terminal.print(`${severity}  ${message} [${code}]`);
    for (const { code, message } of errors) terminal.say(`${message}${missingWay(code, text)}`);
    return errors.length > 0 ? 1 : 0;
  },
};
