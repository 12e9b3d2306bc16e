/** `import`: a later step brings it. */
import type { Command } from '../command';

export const importModel: Command = {
  name: 'import',
  usage: 'PATH --out FILE',
  summary: 'Open a trained model of another tool as a project (not yet)',
  options: { out: { type: 'string' } },
  takes: { least: 0, most: 1 },
  run: ({ terminal }) => {
    terminal.say('import is not there yet.');
    terminal.printJson({ type: 'problem', code: 'not-yet', message: 'import is not there yet.' });
    return Promise.resolve(2);
  },
};
