/** `runs`: the run ledger of a project. */
import type { RunRecord } from '../../../shared/protocol/run';
import { resultLine } from '../../host/run-result';
import { readProject } from '../changed-document';
import type { Command } from '../command';

/** The report without its matrix; a run that has none says what became of it. */
function summary({ run, number, state, seed, created, report, message }: RunRecord) {
  if (!report) return { type: 'run', run, number, state, seed, created, message };
  const { confusion: _, confusionPart: __, ...rest } = report;
  return { ...rest, number, state, created };
}

const line = ({ run, number, state, report, created, message }: RunRecord): string =>
  [
    `${number}`.padStart(4),
    state.padEnd(9),
    new Date(created).toISOString().slice(0, 16).replace('T', ' '),
    (report && resultLine(report)) ?? message ?? '',
    run,
  ].join('  ');

export const runs: Command = {
  name: 'runs',
  usage: 'FILE',
  summary: 'List the runs of a project',
  options: {},
  takes: { least: 1, most: 1 },
  run: async ({ terminal, positionals: [file], host }) => {
    const { session } = await readProject(file);
    const records = await host().parts.runs.list(session);
    terminal.printJson(records.map(summary));
    for (const record of records) terminal.print(line(record));
    if (records.length === 0) terminal.print('No runs yet.');
    return 0;
  },
};
