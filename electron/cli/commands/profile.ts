/** `profile`: where the time of a training step goes, block by block. Trains a moment in a folder that is thrown away. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { plan, type Plan } from '../../../shared/compiler/plan';
import { stepTime } from '../../../shared/compiler/step-time';
import type { Calibration } from '../../../shared/protocol/calibration';
import type { HostEvent } from '../../../shared/protocol/host-api';
import { RUN_FILES, type Examination } from '../../../shared/protocol/run';
import type { Result } from '../../../shared/result';
import { changedDocument, readProject } from '../changed-document';
import { need, WorkFailed, type Command, type Context, type OptionValues } from '../command';
import { profileText, type Estimated } from '../profile-text';
import { prepareEngine } from '../setup-progress';

/** So many that the steps of each stage have warmed up before it ends. */
const withEpochs = (options: OptionValues): OptionValues => ({
  ...options,
  text: (name) => (name === 'epochs' ? '1000000' : options.text(name)),
});

const planOf = async (run: string): Promise<Plan> =>
  plan.parse(JSON.parse(await readFile(path.join(run, RUN_FILES.plan), 'utf8')));

/** What was to be expected of a stage, counted from 1. null where the computer could not be measured. */
function estimated(calibration: Result<Calibration>, made: Plan, stage: number): Estimated | null {
  if (!calibration.ok) return null;
  const { step, blocks } = stepTime(made, calibration.value.rates, stage - 1);
  const milliseconds = [...blocks].map(([block, seconds]) => [block, 1000 * seconds]);
  return { step: 1000 * step, blocks: Object.fromEntries(milliseconds) as Record<string, number> };
}

/** Of each stage, the turn of every Train block. */
async function examined(context: Context): Promise<{ seen: Examination; estimate: Estimated | null }[]> {
  const { options, positionals } = context;
  const { document, session } = await readProject(positionals[0]);
  const changed = await changedDocument(document, withEpochs(options));
  const host = context.host();
  await prepareEngine(context, host);
  const calibration = await host.calibration({});
  const looks: Examination[] = [];
  host.subscribe((event: HostEvent) => {
    if (event.type === 'run' && event.event.type === 'examined' && event.event.stage !== undefined)
      looks.push(event.event);
  });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'axonry-profile-'));
  try {
    const { run } = need(
      await host.parts.runs.start(session, changed, 0, { chosen: path.join(folder, 'run'), profile: 'only' }),
    );
    const { message = 'The run ended before it could be looked into.' } = need(
      await host.parts.runs.ended(run),
    );
    if (looks.length === 0) throw new WorkFailed({ code: 'run/ended', message });
    const made = await planOf(run);
    return looks.map((seen) => ({ seen, estimate: estimated(calibration, made, seen.stage ?? 1) }));
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
    for (const { seen, estimate } of await examined(context)) {
      context.terminal.printJson({ ...seen, type: 'profile', estimate });
      context.terminal.print(profileText(seen, estimate));
    }
    return 0;
  },
};
