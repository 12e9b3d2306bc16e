/** `profile`: where the time of a training step goes, block by block. Trains a moment in a folder that is thrown away. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { plan } from '../../../shared/compiler/plan';
import { stepTime } from '../../../shared/compiler/step-time';
import type { Calibration } from '../../../shared/protocol/calibration';
import type { HostEvent } from '../../../shared/protocol/host-api';
import { RUN_FILES, type Examination, type ExaminedBlock } from '../../../shared/protocol/run';
import type { Result } from '../../../shared/result';
import type { Host } from '../../host/host';
import { changedDocument, readProject } from '../changed-document';
import { need, WorkFailed, type Command, type Context, type OptionValues } from '../command';
import { prepareEngine } from '../setup-progress';

/** So many that the run does not end before it is asked. */
const withEpochs = (options: OptionValues): OptionValues => ({
  ...options,
  text: (name) => (name === 'epochs' ? '1000000' : options.text(name)),
});

/** The first steps are slow. */
const WARM_MILLISECONDS = 500;

/** Resolves when the run has told of itself for a while, within epochs or at their ends. null where it ended before. */
function trained(host: Host, run: string): Promise<true | null> {
  let first: number | null = null;
  return new Promise<true | null>((resolve) => {
    const end = host.subscribe((event: HostEvent) => {
      if (event.type !== 'run' || event.run !== run) return;
      if (event.event.type !== 'progress' && event.event.type !== 'epoch') return;
      first ??= performance.now();
      if (performance.now() - first >= WARM_MILLISECONDS) resolve(true);
    });
    void host.parts.runs.ended(run).then(() => {
      end();
      resolve(null);
    });
  });
}

/** What was to be expected: milliseconds of a step, and by block forward and backward. */
interface Estimated {
  step: number;
  blocks: Record<string, number>;
}

/** null where the computer could not be measured. */
async function estimated(calibration: Result<Calibration>, run: string): Promise<Estimated | null> {
  if (!calibration.ok) return null;
  const made = plan.parse(JSON.parse(await readFile(path.join(run, RUN_FILES.plan), 'utf8')));
  const { step, blocks } = stepTime(made, calibration.value.rates);
  const milliseconds = [...blocks].map(([block, seconds]) => [block, 1000 * seconds]);
  return { step: 1000 * step, blocks: Object.fromEntries(milliseconds) as Record<string, number> };
}

async function examined(context: Context): Promise<{ seen: Examination; expected: Estimated | null }> {
  const { options, positionals } = context;
  const { document, session } = await readProject(positionals[0]);
  const changed = await changedDocument(document, withEpochs(options));
  const host = context.host();
  await prepareEngine(context, host);
  const calibration = await host.calibration({});
  const folder = await mkdtemp(path.join(os.tmpdir(), 'axonry-profile-'));
  try {
    const { run } = need(await host.parts.runs.start(session, changed, 0, path.join(folder, 'run')));
    if ((await trained(host, run)) === null) {
      const { message = 'The run ended before it could be looked into.' } = need(
        await host.parts.runs.find(run),
      );
      throw new WorkFailed({ code: 'run/ended', message });
    }
    const expected = await estimated(calibration, run);
    const seen = need(await host.parts.runs.profile(run));
    await host.parts.runs.stop(run);
    await host.parts.runs.ended(run);
    return { seen, expected };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 3 : 1)} ms`.padStart(12);
const timeOf = ({ forward, backward }: ExaminedBlock): number => forward + backward;

function table(
  { trainer, blocks, batchSize, milliseconds: phases, run }: Examination,
  expected: Estimated | null,
): string {
  const whole = blocks.reduce((sum, block) => sum + timeOf(block), 0);
  const width = Math.max(8, ...blocks.map(({ block }) => block.length));
  const line = (name: string, forward: string, backward: string, share: string, estimate: string) =>
    `${name.padEnd(width)} ${forward.padStart(12)} ${backward.padStart(12)} ${share.padStart(7)} ${estimate.padStart(12)}`;
  const expectedOf = (block: string): string =>
    expected?.blocks[block] === undefined ? '' : milliseconds(expected.blocks[block]);
  const turns = trainer === undefined ? [] : [`The turn of ${trainer}; the others were not looked into.`];
  return [
    ...turns,
    line('block', 'forward', 'backward', 'share', expected ? 'estimate' : ''),
    ...[...blocks]
      .sort((a, b) => timeOf(b) - timeOf(a))
      .map((block) =>
        line(
          block.block,
          milliseconds(block.forward),
          milliseconds(block.backward),
          `${((100 * timeOf(block)) / whole).toFixed(1)} %`,
          expectedOf(block.block),
        ),
      ),
    '',
    `A batch of ${batchSize}, operation by operation: input${milliseconds(phases.input)}, forward${milliseconds(phases.forward)}, backward${milliseconds(phases.backward)}, update${milliseconds(phases.update)}.`,
    `A step as it is trained${trainer === undefined ? '' : ', all turns,'} takes${milliseconds(run.step)}: its operations run together. ${milliseconds(run.telemetry).trim()} of that is telling.`,
    ...(expected === null
      ? []
      : [
          `From the network's costs and the speed of this computer${milliseconds(expected.step)} were estimated, ${(expected.step / run.step).toFixed(2)} × what it takes.`,
        ]),
  ].join('\n');
}

export const profile: Command = {
  name: 'profile',
  usage: 'FILE [--data SOURCE] [--set block.param=value]…',
  summary: 'Train for a moment and show where the time of a step goes',
  options: { data: { type: 'string' }, set: { type: 'string', multiple: true } },
  takes: { least: 1, most: 1 },
  run: async (context) => {
    const { seen, expected } = await examined(context);
    context.terminal.printJson({ type: 'profile', ...seen, estimate: expected });
    context.terminal.print(table(seen, expected));
    return 0;
  },
};
