/** The programs of this computer that setup can use: Python with pip, and a C++ compiler. */
import { runProgram } from './run-program';

const PATIENCE = 20_000;

export interface Tool {
  command: string;
  /** Arguments that come before all others. */
  args: readonly string[];
  version: string;
}

interface Candidate {
  command: string;
  args: readonly string[];
}

function named(variable: string): Candidate[] {
  const value = process.env[variable];
  return value === undefined || value === '' ? [] : [{ command: value, args: [] }];
}

async function firstThatAnswers(
  candidates: readonly Candidate[],
  args: readonly string[],
  answer: RegExp,
): Promise<Tool | null> {
  for (const candidate of candidates) {
    const run = await runProgram(candidate.command, [...candidate.args, ...args], { silence: PATIENCE });
    const version = answer.exec(run.output + run.errors)?.[1];
    if (run.end === 'exit' && run.code === 0 && version !== undefined) return { ...candidate, version };
  }
  return null;
}

/** AXONRY_PYTHON, then what the system calls Python 3. */
export function findPython(): Promise<Tool | null> {
  const usual: Candidate[] =
    process.platform === 'win32'
      ? [
          { command: 'py', args: ['-3'] },
          { command: 'python', args: [] },
        ]
      : [
          { command: 'python3', args: [] },
          { command: 'python', args: [] },
        ];
  return firstThatAnswers([...named('AXONRY_PYTHON'), ...usual], ['--version'], /Python (3\.\S+)/);
}

/** The version of pip that this Python has, or null. */
export async function findPip(python: Tool): Promise<string | null> {
  const run = await runProgram(python.command, [...python.args, '-m', 'pip', '--version'], {
    silence: PATIENCE,
  });
  return run.code === 0 ? (/^pip (\S+)/.exec(run.output)?.[1] ?? null) : null;
}

/** CXX, then the usual names. */
export function findCompiler(): Promise<Tool | null> {
  const usual = ['g++', 'clang++', 'c++'].map((command) => ({ command, args: [] }));
  return firstThatAnswers([...named('CXX'), ...usual], ['--version'], /(?:^|\s)v?(\d+\.\d+\.\d+)/);
}
