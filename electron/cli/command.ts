/** What a command is: its words, its options, and what it does with a host. */
import type { ParseArgsConfig } from 'node:util';
import type { Problem } from '../../shared/result';
import type { Backend } from '../host/native-engine';
import type { Terminal } from './terminal';
import type { Host } from '../host/host';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface OptionValues {
  text(name: string): string | undefined;
  texts(name: string): string[];
  flag(name: string): boolean;
}

export interface HostChoice {
  /** Bounds what a window may open. */
  root?: string;
}

export interface Context {
  terminal: Terminal;
  options: OptionValues;
  positionals: string[];
  backend: Backend;
  version: string;
  /** The built window. */
  windowFolder: string;
  /** A host that is closed when the command ends. */
  host: (choice?: HostChoice) => Host;
}

/** 0 done, 1 the work failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  name: string;
  /** After the command's name: `FILE [--epochs n]`. */
  usage: string;
  /** One line for the list of commands. */
  summary: string;
  options: Options;
  /** How many positional arguments it takes. */
  takes: { least: number; most: number };
  run(context: Context): Promise<ExitCode>;
}

/** Wrong usage: told with the command's usage line, exit code 2. */
export class UsageError extends Error {}

/** Work that failed for a reason that a person can mend: told as a sentence, exit code 1. */
export class WorkFailed extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** The value, or the end of the command with the problem's sentence. */
export function need<T>(result: { ok: true; value: T } | { ok: false; problem: Problem }): T {
  if (!result.ok) throw new WorkFailed(result.problem);
  return result.value;
}

export function wholeNumber(values: OptionValues, name: string, least: number): number | undefined {
  const text = values.text(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(number) || number < least) {
    throw new UsageError(
      `--${name} must be a whole number of at least ${least}, not ${text.trim() === '' ? 'empty' : text}.`,
    );
  }
  return number;
}
