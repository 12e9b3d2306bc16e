/** `train`: trains a project without a window, and writes its report. */
import path from 'node:path';
import type { HostEvent } from '../../../shared/protocol/host-api';
import type { Examination, RunDiagnostic, RunEvent, RunRecord } from '../../../shared/protocol/run';
import type { Host } from '../../host/host';
import { changedDocument, readProject } from '../changed-document';
import { need, UsageError, wholeNumber, type Command, type Context, type ExitCode } from '../command';
import { withWay } from '../data-source';
import { profileText } from '../profile-text';
import { metricsLine, reportText } from '../report-text';
import { readRunArgument } from '../run-argument';
import { prepareEngine } from '../setup-progress';
import { readingText, showReading } from '../reading-progress';
import { drawBar, type Terminal } from '../terminal';

type Started = Extract<RunEvent, { type: 'started' }>;
type Epoch = Extract<RunEvent, { type: 'epoch' }>;

/** A line, or one for each Train block where several take turns. */
function epochText({ epoch, trainers, ...own }: Epoch, epochs: number): string {
  const figures = ({ train, validation }: Pick<Epoch, 'train' | 'validation'>) =>
    [metricsLine('train', train), ...(validation ? [metricsLine('validation', validation)] : [])].join('  ');
  const place = `epoch ${epoch}/${epochs}`;
  return trainers
    ? Object.entries(trainers)
        .map(([block, each]) => `${place}  ${block}  ${figures(each)}`)
        .join('\n')
    : `${place}  ${figures(own)}`;
}

/** Tells the events of the one run of this command: JSON lines, or sentences and a bar. */
class Narrator {
  private started: Started | null = null;
  /** What a profile was asked for and seen. */
  readonly profile: Examination[] = [];
  /** Messages that were said while the run went on, by their codes: no report says them again. */
  readonly told = new Map<string, string>();

  constructor(private readonly terminal: Terminal) {}

  hear(event: RunEvent): void {
    const { terminal } = this;
    switch (event.type) {
      case 'preparing':
        return terminal.bar(readingText(event));
      case 'progress':
        return this.progress(event);
      case 'judging':
        return terminal.bar(
          `${drawBar(event.done, event.total)} figures of what is kept, ${event.part} part`,
        );
      case 'started':
        this.started = event;
        terminal.say(
          `Training on ${event.samples.train} samples, ${event.parameters.toLocaleString('en')} parameters, run ${event.run}`,
        );
        break;
      case 'epoch':
        terminal.say(epochText(event, this.started?.epochs ?? event.epoch));
        break;
      case 'diagnostic':
        this.remark(event.diagnostic);
        break;
      case 'withdrawn':
        terminal.say(`No longer at epoch ${event.epoch}: ${this.told.get(event.code) ?? event.code}`);
        this.told.delete(event.code);
        break;
      case 'examined':
        if (event.stage !== undefined) this.profile.push(event);
        break;
      case 'report':
        // Printed last, when everything is written.
        return;
      default:
        break;
    }
    terminal.printJson(event);
  }

  /** What goes on is told with other figures at the end; why it matters was told before. */
  private remark({ code, severity, message, why }: RunDiagnostic): void {
    this.terminal.say(`${severity}  ${message}${this.told.has(code) ? '' : ` ${why}`}`);
    this.told.set(code, message);
  }

  private progress({
    epoch,
    stepInEpoch,
    loss,
    samplesPerSecond,
    secondsLeft,
  }: Extract<RunEvent, { type: 'progress' }>): void {
    const { epochs = epoch, stepsPerEpoch = 0 } = this.started ?? {};
    const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
    this.terminal.bar(
      `${drawBar(stepInEpoch, stepsPerEpoch)} epoch ${epoch}/${epochs}, loss ${loss.toPrecision(4)}, ${Math.round(samplesPerSecond)} samples/s${left}`,
    );
  }
}

/**
 * The first Ctrl+C ends the run after its step, with figures and a report; the second leaves out the figures that are not
 * there yet; the third ends it at once.
 */
function stopOnInterrupt(host: Host, terminal: Terminal, run: string): () => void {
  let asked = 0;
  const interrupt = () => {
    asked += 1;
    if (asked > 2) return void host.parts.runs.close();
    terminal.say(
      asked === 1
        ? 'Stopping after this step, then computing the figures of what is kept. Ctrl+C again leaves them out.'
        : 'Leaving out the figures that are not there yet. Ctrl+C again ends the run at once.',
    );
    void host.parts.runs.stop(run);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
}

/** `said`: sentences that were said while the run went on. */
function conclude({ report, state, message }: RunRecord, said: string[], terminal: Terminal): ExitCode {
  if (report) {
    terminal.printJson(report);
    terminal.print(reportText(report, said));
  }
  const hasFailed = state === 'failed' || state === 'lost';
  if (hasFailed && (message === undefined || !said.includes(message)))
    terminal.say(message ?? 'The run failed.');
  if (!hasFailed && !report) terminal.say('The run was stopped before it could write a report.');
  return hasFailed || !report ? 1 : 0;
}

const profileOf = ({ options }: Context) => (options.flag('profile') ? 'also' : undefined);

async function resumed(context: Context, host: Host, run: string): Promise<RunRecord> {
  const fixed = ['data', 'seed', 'out'].filter((name) => context.options.text(name) !== undefined);
  if (context.options.texts('set').length > 0) fixed.push('set');
  if (fixed.length > 0)
    throw new UsageError(
      `--resume goes on with the network, data and seed of the run: --${fixed[0]} cannot change them.`,
    );
  const { record } = await readRunArgument(host, run);
  const epochs = wholeNumber(context.options, 'epochs', 1);
  const snapshot = context.options.text('snapshot');
  return need(
    snapshot === undefined
      ? await host.parts.runs.continue(record.run, epochs, profileOf(context))
      : await host.parts.runs.branch(record.run, path.basename(snapshot), epochs, profileOf(context)),
  );
}

async function started(context: Context, host: Host): Promise<RunRecord> {
  const { options, positionals } = context;
  const seed = wholeNumber(options, 'seed', 0) ?? 0;
  const { document, session } = await readProject(positionals[0]);
  const changed = await changedDocument(document, options);
  await prepareEngine(context, host);
  const answer = await host.parts.runs.start(session, changed, seed, {
    chosen: options.text('out'),
    profile: profileOf(context),
  });
  const data = options.text('data');
  return need(data === undefined ? answer : withWay(answer, data));
}

async function run(context: Context): Promise<ExitCode> {
  const { terminal, options, positionals } = context;
  const resume = options.text('resume');
  if (resume === undefined && positionals.length === 0)
    throw new UsageError('train needs a project: a file that ends in .axon.');
  if (resume === undefined && options.text('snapshot') !== undefined)
    throw new UsageError('--snapshot names a snapshot of the run that --resume names.');
  const host = context.host();
  showReading(terminal, host);
  const narrator = new Narrator(terminal);
  host.subscribe((event: HostEvent) => {
    if (event.type === 'run') narrator.hear(event.event);
  });
  const record = resume === undefined ? await started(context, host) : await resumed(context, host, resume);
  const free = stopOnInterrupt(host, terminal, record.run);
  try {
    const ended = need(await host.parts.runs.ended(record.run));
    for (const seen of narrator.profile) terminal.print(profileText(seen));
    return conclude(ended, [...narrator.told.values()], terminal);
  } finally {
    free();
  }
}

export const train: Command = {
  name: 'train',
  usage:
    'FILE [--data SOURCE] [--epochs n] [--seed n] [--set block.param=value]… [--out DIR] [--profile] [--resume RUN [--snapshot NAME]]',
  summary: 'Train a project and write its report',
  options: {
    data: { type: 'string' },
    epochs: { type: 'string' },
    seed: { type: 'string' },
    set: { type: 'string', multiple: true },
    out: { type: 'string' },
    resume: { type: 'string' },
    snapshot: { type: 'string' },
    profile: { type: 'boolean' },
  },
  takes: { least: 0, most: 1 },
  run,
};
