/** `evaluate`: loss, metrics, confusion matrix and worst samples of a trained run. */
import { ROWS_COUNTED, rowNumber } from '../../../shared/metrics/row-number';
import { part as partSchema } from '../../../shared/document/facts';
import type { SourceReference } from '../../../shared/protocol/engine';
import { sourceReference } from '../../host/sources';
import { need, UsageError, type Command, type OptionValues } from '../command';
import { parseSource } from '../data-source';
import { confusionTable, metricsLine } from '../report-text';
import { readRunArgument } from '../run-argument';
import { prepareEngine } from '../setup-progress';

async function otherSource(options: OptionValues): Promise<SourceReference | undefined> {
  const text = options.text('data');
  if (text === undefined) return undefined;
  const { type, params } = need(await parseSource(text));
  return need(sourceReference(type, params, process.cwd()));
}

function chosenPart(options: OptionValues) {
  const text = options.text('part');
  if (text === undefined) return undefined;
  const part = partSchema.safeParse(text);
  if (!part.success) throw new UsageError(`--part is train, validation or test, not ${text}.`);
  return part.data;
}

export const evaluate: Command = {
  name: 'evaluate',
  usage: 'RUN [--data SOURCE] [--part train|validation|test]',
  summary: 'Evaluate a trained run: loss, metrics, confusion matrix, worst samples',
  options: { data: { type: 'string' }, part: { type: 'string' } },
  takes: { least: 1, most: 1 },
  run: async (context) => {
    const { terminal, options, positionals } = context;
    const asked = chosenPart(options);
    const host = context.host();
    const { record, place } = await readRunArgument(host, positionals[0]);
    const source = await otherSource(options);
    await prepareEngine(context, host);
    const part = asked ?? record.report?.confusionPart ?? 'test';
    const evaluation = need(
      await host.parts.inspection.evaluate({ ...place, part, ...(source ? { source } : {}) }),
    );
    terminal.printJson(evaluation);
    terminal.print(metricsLine(evaluation.part, evaluation.metrics));
    if (evaluation.confusion) terminal.print(confusionTable(evaluation.confusion));
    if (evaluation.worst.length > 0) terminal.print(ROWS_COUNTED);
    for (const { index, true: actual, predicted, probability, loss } of evaluation.worst.slice(0, 10)) {
      const sure = probability === null ? '' : ` (${(probability * 100).toFixed(1)} %)`;
      const answer = actual === null ? '' : `${actual}, predicted ${predicted}${sure}, `;
      terminal.print(`  row ${rowNumber(index)}: ${answer}loss ${loss.toPrecision(4)}`);
    }
    return 0;
  },
};
