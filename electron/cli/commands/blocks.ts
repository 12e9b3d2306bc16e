/** `blocks`: the catalogue. */
import { catalogue, defaultsOf } from '../../../shared/blocks/catalogue';
import type { AnyBlockDefinition, Port } from '../../../shared/blocks/block';
import type { Command } from '../command';

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

export const blocks: Command = {
  name: 'blocks',
  usage: '',
  summary: 'List the blocks with their ports and parameters',
  options: {},
  takes: { least: 0, most: 0 },
  run: ({ terminal }) => {
    const definitions = Object.values(catalogue);
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
