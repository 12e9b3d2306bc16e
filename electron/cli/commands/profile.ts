/** `profile`: where the time of a training step goes, block by block. Trains a moment in a folder that is thrown away. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { HostEvent } from '../../../shared/protocol/host-api';
import type { Examination } from '../../../shared/protocol/run';
import { changedDocument, readProject } from '../changed-document';
import { need, WorkFailed, type Command, type Context, type OptionValues } from '../command';
import { profileText } from '../profile-text';
import { prepareEngine } from '../setup-progress';

/** So many that the steps of each stage have warmed up before it ends. */
const withEpochs = (options: OptionValues): OptionValues => ({
  ...options,
  text: (name) => (name === 'epochs' ? '1000000' : options.text(name)),
});

/** Of each stage, the turn of every Train block. */
async function examined(context: Context): Promise<Examination[]> {
  const { options, positionals } = context;
  const { document, session } = await readProject(positionals[0]);
  const changed = await changedDocument(document, withEpochs(options));
  const host = context.host();
  await prepareEngine(context, host);
  const seen: Examination[] = [];
  host.subscribe((event: HostEvent) => {
    if (event.type === 'run' && event.event.type === 'examined' && event.event.stage !== undefined)
      seen.push(event.event);
  });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'axonry-profile-'));
  try {
    const { run } = need(
      await host.parts.runs.start(session, changed, 0, { chosen: path.join(folder, 'run'), profile: 'only' }),
    );
    const { message = 'The run ended before it could be looked into.' } = need(
      await host.parts.runs.ended(run),
    );
    if (seen.length === 0) throw new WorkFailed({ code: 'run/ended', message });
    return seen;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const profile: Command = {
  name: 'profile',
  usage: 'FILE [--data SOURCE] [--set block.param=value]…',
  summary: 'Train for a moment and show where the time of a step goes',
  options: { data: { type: 'string' }, set: { type: 'string', multiple: true } },
  takes: { least: 1, most: 1 },
  run: async (context) => {
    for (const seen of await examined(context)) {
      context.terminal.printJson({ ...seen, type: 'profile' });
      context.terminal.print(profileText(seen));
    }
    return 0;
  },
};
