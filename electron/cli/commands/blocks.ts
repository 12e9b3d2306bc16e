/** `blocks`: the catalogue. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { catalogue, defaultsOf } from '../../../shared/blocks/catalogue';
import type { AnyBlockDefinition, Port } from '../../../shared/blocks/block';
import { helpFiles } from '../../../shared/help/html';
import { helpPage } from '../../../shared/help/page';
import { fileProblem } from '../../host/file-problem';
import { WorkFailed, type Command, type ExitCode } from '../command';
import type { Terminal } from '../terminal';

const portOf = ({ name, kind, many, optional }: Port) => ({
  name,
  kind,
  many: many ?? false,
  optional: optional ?? false,
});

function describe(definition: AnyBlockDefinition) {
  const { type, category, title, summary, parameters } = definition;
  const { inputs, outputs } = definition.ports(defaultsOf(type));
  return {
    type,
    category,
    title,
    summary,
    ports: { inputs: inputs.map(portOf), outputs: outputs.map(portOf) },
    parameters,
  };
}

/** A page for each block, with an index. */
function writeHelp(terminal: Terminal, definitions: readonly AnyBlockDefinition[], folder: string): ExitCode {
  const files = helpFiles(definitions.map((definition) => helpPage(definition)));
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
  } catch (error) {
    throw new WorkFailed(fileProblem(error, folder, 'save').problem);
  }
  const index = path.join(folder, 'index.html');
  terminal.printJson({ type: 'help', index, pages: files.length - 1 });
  terminal.print(`${files.length - 1} help pages; begin at ${index}`);
  return 0;
}

export const blocks: Command = {
  name: 'blocks',
  usage: '[--html DIR]',
  summary: 'List the blocks with their ports and parameters, or write their help pages',
  options: { html: { type: 'string' } },
  takes: { least: 0, most: 0 },
  run: ({ terminal, options }) => {
    const definitions = Object.values(catalogue);
    const folder = options.text('html');
    if (folder !== undefined) return Promise.resolve(writeHelp(terminal, definitions, folder));
    terminal.printJson(definitions.map(describe));
    const width = Math.max(...definitions.map(({ type }) => type.length));
    for (const category of new Set(definitions.map((definition) => definition.category))) {
      terminal.print(category);
      for (const definition of definitions.filter((candidate) => candidate.category === category)) {
        const names = Object.keys(definition.parameters).join(', ');
        terminal.print(
          `  ${definition.type.padEnd(width)}  ${definition.summary}${names === '' ? '' : `\n  ${' '.repeat(width)}  ${names}`}`,
        );
      }
    }
    return Promise.resolve(0);
  },
};
