/** `new`: writes a template as a project of one's own. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { documentOf, templateOf, templates } from '../../../shared/architectures/templates';
import { fail } from '../../../shared/result';
import { EXTENSION, writeDocument } from '../../host/document-file';
import { need, UsageError, type Command } from '../command';

export const newProject: Command = {
  name: 'new',
  usage: 'NAME --out FILE',
  summary: 'Begin a project with an architecture',
  options: { out: { type: 'string' } },
  takes: { least: 1, most: 1 },
  run: async ({ terminal, options, positionals: [name], version }) => {
    const out = options.text('out');
    if (out === undefined)
      throw new UsageError(`--out is missing: the project to write, as ${name}${EXTENSION}.`);
    const template = templateOf(name);
    if (!template)
      return need(
        fail(
          'template/unknown',
          `There is no architecture ${name}. There are ${templates.map((known) => known.name).join(', ')}.`,
        ),
      );
    const file = path.resolve(out);
    if (existsSync(file)) return need(fail('project/exists', `${file} is there already. Name another file.`));
    need(await writeDocument(file, { ...documentOf(template), id: randomUUID(), app: version }));
    terminal.printJson({ type: 'new', name, path: file, parameters: template.parameters });
    terminal.print(`Wrote ${template.title} to ${file}.`);
    return 0;
  },
};
