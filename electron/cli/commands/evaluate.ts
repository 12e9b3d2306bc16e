/** `evaluate`: loss, metrics, confusion matrix and worst samples of a trained run. */
import path from 'node:path';
import { ROWS_COUNTED, rowNumber } from '../../../shared/metrics/row-number';
import { part as partSchema } from '../../../shared/document/facts';
import type { SourceReference } from '../../../shared/protocol/engine';
import { RUN_FILES } from '../../../shared/protocol/run';
import { readDocument } from '../../host/document-file';
import { sourceBlocks, sourceReference } from '../../host/sources';
import { need, UsageError, type Command, type OptionValues } from '../command';
import { parseSource, readAs, withWay, type Source } from '../data-source';
import { confusionTable, metricsLine } from '../report-text';
import { readRunArgument } from '../run-argument';
import { prepareEngine } from '../setup-progress';

/** The data block that the run was trained from; null where it had several. */
async function ownSource(run: string): Promise<Source | null> {
  const { document } = need(await readDocument(path.join(run, RUN_FILES.document)));
  const blocks = sourceBlocks(document);
  return blocks.length === 1 ? document.blocks[blocks[0]] : null;
}

async function otherSource(text: string, run: string): Promise<SourceReference> {
  const source = need(await parseSource(text));
  const own = await ownSource(run);
  const { type, params } = own === null ? source : readAs(own, source);
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
  usage: 'RUN [--data SOURCE] [--part train|validation|test] [--trainer BLOCK]',
  summary: 'Evaluate a trained run: loss, metrics, confusion matrix, worst samples',
  options: { data: { type: 'string' }, part: { type: 'string' }, trainer: { type: 'string' } },
  takes: { least: 1, most: 1 },
  run: async (context) => {
    const { terminal, options, positionals } = context;
    const asked = chosenPart(options);
    const host = context.host();
    const { record, place } = await readRunArgument(host, positionals[0]);
    const data = options.text('data');
    const source = data === undefined ? undefined : await otherSource(data, record.run);
    await prepareEngine(context, host);
    const part = asked ?? record.report?.confusionPart ?? 'test';
    const trainer = options.text('trainer');
    const answer = await host.parts.inspection.evaluate({ ...place, part, source, trainer });
    const evaluation = need(data === undefined ? answer : withWay(answer, data));
    terminal.printJson(evaluation);
    terminal.print(metricsLine(evaluation.part, evaluation.metrics));
    if (evaluation.confusion) terminal.print(confusionTable(evaluation.confusion, evaluation.part));
    if (evaluation.worst.length > 0) terminal.print(ROWS_COUNTED);
    for (const { index, true: actual, predicted, probability, loss } of evaluation.worst.slice(0, 10)) {
      const sure = probability === null ? '' : ` (${(probability * 100).toFixed(1)} %)`;
      const answer = actual === null ? '' : `${actual}, predicted ${predicted}${sure}, `;
      terminal.print(`  row ${rowNumber(index)}: ${answer}loss ${loss.toPrecision(4)}`);
    }
    return 0;
  },
};
