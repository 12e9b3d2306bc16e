/** Owns a process that takes part in the measurement: it is asked by lines on stdin and answers each with a line of JSON. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Rates } from '../../../shared/protocol/calibration';
import type { Machine, Task } from './worker';

export interface CompetitorSketch {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Differs from the common task. */
  task?: Partial<Task>;
}

export interface Figures {
  name: string;
  /** Samples a second, round by round. */
  rounds: number[];
  /** Samples by a second of processor time over all threads: what other programs take of the machine does not change it. */
  cpuRounds: number[];
  /** Seconds from the plan to the end of the first step. */
  firstStep: number | null;
  /** Largest resident memory of the process. */
  peakBytes: number | null;
  /** How it trains, or why it could not. */
  note: string;
}

/** Of one who has done nothing yet. */
export const idle = (name: string): Figures => ({
  name,
  rounds: [],
  cpuRounds: [],
  firstStep: null,
  peakBytes: null,
  note: '',
});

type Answer = { problem?: string; note?: string; rates?: Rates } & Partial<
  Record<'samplesPerSecond' | 'samplesPerCpuSecond' | 'firstStep' | 'peakBytes' | keyof Machine, number>
>;

export class Competitor {
  readonly figures: Figures;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: Interface;
  private readonly answers: AsyncIterator<string>;
  /** The last that it said on stderr, which is the reason where it ends without an answer. */
  private lastWords = 'it ended without a word';
  private readonly closed: Promise<void>;
  alive = true;

  constructor(private readonly sketch: CompetitorSketch) {
    this.figures = idle(sketch.name);
    this.child = spawn(sketch.command, sketch.args, {
      stdio: 'pipe',
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', ...sketch.env },
    });
    this.child.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.child.once('close', () => resolve()));
    this.child.stdin.on('error', () => undefined);
    createInterface({ input: this.child.stderr }).on('line', (line) => {
      if (line.trim() !== '') this.lastWords = line.trim();
    });
    this.lines = createInterface({ input: this.child.stdout });
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  private async ask(line: string): Promise<Answer> {
    if (!this.alive) return {};
    this.child.stdin.write(`${line}\n`);
    for (;;) {
      const { value, done } = (await this.answers.next()) as IteratorResult<string, undefined>;
      if (done === true) return this.closed.then(() => this.lose(this.lastWords));
      if (!value.startsWith('{')) continue;
      const answer = JSON.parse(value) as Answer;
      return answer.problem === undefined ? answer : this.lose(answer.problem);
    }
  }

  private lose(reason: string): Answer {
    this.alive = false;
    this.figures.note = reason;
    return {};
  }

  async prepare(task: Task): Promise<void> {
    const { firstStep, note } = await this.ask(`task ${JSON.stringify({ ...task, ...this.sketch.task })}`);
    this.figures.firstStep = firstStep ?? null;
    this.figures.note ||= note ?? '';
  }

  async round(seconds: number): Promise<void> {
    const { samplesPerSecond, samplesPerCpuSecond } = await this.ask(`round ${seconds}`);
    if (samplesPerSecond === undefined || samplesPerCpuSecond === undefined) return;
    this.figures.rounds.push(samplesPerSecond);
    this.figures.cpuRounds.push(samplesPerCpuSecond);
  }

  async machine(): Promise<Machine | null> {
    const { gflops, gigabytes } = await this.ask('machine');
    return gflops === undefined || gigabytes === undefined ? null : { gflops, gigabytes };
  }

  async calibrate(): Promise<Rates | null> {
    return (await this.ask('calibrate')).rates ?? null;
  }

  async end(): Promise<void> {
    this.figures.peakBytes = (await this.ask('end')).peakBytes ?? null;
    this.child.kill();
    this.lines.close();
  }
}
