/** Where words go: results to standard output, everything else to standard error. With `--json` standard output is JSON only. */

export interface Terminal {
  readonly json: boolean;
  /** A result for people. */
  print(text: string): void;
  /** A result for programs: one line. */
  printJson(value: unknown): void;
  /** A remark, a warning, a sentence of what went wrong. */
  say(text: string): void;
  /** The line that is written over again and again; only where a person watches. */
  bar(text: string): void;
}

export function createTerminal(json: boolean): Terminal {
  const { stdout, stderr } = process;
  let barWidth = 0;
  const clearBar = () => {
    if (barWidth > 0) stderr.write(`\r${' '.repeat(barWidth)}\r`);
    barWidth = 0;
  };
  return {
    json,
    print: (text) => {
      clearBar();
      if (!json) stdout.write(`${text}\n`);
    },
    printJson: (value) => {
      clearBar();
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    say: (text) => {
      clearBar();
      stderr.write(`${text}\n`);
    },
    bar: (text) => {
      if (!stderr.isTTY) return;
      const line = text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1));
      stderr.write(`\r${line.padEnd(barWidth)}`);
      barWidth = line.length;
    },
  };
}

const WIDTH = 24;

/** `[██████··············]` */
export function drawBar(done: number, total: number): string {
  const filled = Math.round(WIDTH * Math.min(1, Math.max(0, total > 0 ? done / total : 0)));
  return `[${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}]`;
}
