/** `templates`: the architectures that can be begun with. */
import { FAMILIES, templates as all } from '../../../shared/architectures/templates';
import type { Command } from '../command';

export const templates: Command = {
  name: 'templates',
  usage: '',
  summary: 'List the architectures that a project can begin with',
  options: {},
  takes: { least: 0, most: 0 },
  run: ({ terminal }) => {
    terminal.printJson(
      all.map(({ name, title, family, summary, parameters, source }) => ({
        name,
        title,
        family,
        summary,
        parameters,
        source,
      })),
    );
    const width = Math.max(...all.map(({ name }) => name.length));
    for (const family of FAMILIES) {
      terminal.print(family);
      for (const { name, parameters, summary } of all.filter((template) => template.family === family))
        terminal.print(
          `  ${name.padEnd(width)}  ${parameters.toLocaleString('en').padStart(11)} weights  ${summary}`,
        );
    }
    return Promise.resolve(0);
  },
};
