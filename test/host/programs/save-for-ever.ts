/** A start of Axonry that saves and keeps copies as fast as it can, until it is killed. Says what it began and what it finished. */
import path from 'node:path';
import { createHost } from '../../../electron/host/host';
import { emptyDocument, type Document } from '../../../shared/document/document';

const [folder, file] = process.argv.slice(2);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Large enough that writing it takes a while, with its number everywhere: half of one and half of another would show. */
function numbered(number: number): Document {
  const notes = Object.fromEntries(
    Array.from({ length: 400 }, (_, i) => [
      `note${i}`,
      { text: `number ${number} ${'x'.repeat(60)}`, position: { x: i, y: number }, width: 200, height: 100 },
    ]),
  );
  return { ...emptyDocument('saved-for-ever', '0.0.0'), notes };
}

async function saveForEver(): Promise<void> {
  const host = createHost({
    launcher: {
      start: () => {
        throw new Error('Saving needs no engine.');
      },
    },
    folders: {
      data: path.join(folder, 'data'),
      cache: path.join(folder, 'cache'),
      examples: path.join(folder, 'examples'),
    },
    version: '0.0.0',
    home: folder,
    shell: 'browser',
  });
  const opened = await host.newProject({});
  if (!opened.ok) throw new Error(opened.problem.message);
  const { project } = opened.value;
  for (let number = 1; ; number++) {
    say(`saving ${number}`);
    const saved = await host.saveProject({ project, document: numbered(number), path: file, overwrite: true });
    if (!saved.ok) throw new Error(saved.problem.message);
    say(`saved ${number}`);
    const kept = await host.autosave({ project, document: numbered(number) });
    if (!kept.ok) throw new Error(kept.problem.message);
    say(`kept ${number}`);
  }
}

void saveForEver();
