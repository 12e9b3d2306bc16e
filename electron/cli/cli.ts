/** The command line: finds the command, gives it a host, and turns every end into a sentence and an exit code. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { editDistance } from '../../shared/metrics/transcription';
import { createHost, type Host } from '../host/host';
import { childProcessLauncher } from '../host/launcher';
import type { Backend } from '../host/native-engine';
import { cacheFolder, dataFolder } from '../setup/locations';
import {
  UsageError,
  WorkFailed,
  type Command,
  type Context,
  type ExitCode,
  type OptionValues,
} from './command';
import { commands } from './commands';
import { helpOf, usageOf } from './help';
import { createTerminal, type Terminal } from './terminal';

/** The bundle lies in out/main. */
const out = path.resolve(__dirname, '..');
const windowFolder = path.join(out, 'renderer');
const examplesFolder = path.resolve(out, '../assets/examples');

const everywhere = {
  json: { type: 'boolean' },
  engine: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Letters by which an option may be written wrongly and still be guessed. */
const MOST_SLIPS = 2;

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'Usage: axonry COMMAND … (npm run -s axonry -- COMMAND …)',
    '',
    ...lines,
    '',
    'axonry COMMAND --help says more about one of them.',
  ].join('\n');
}

interface Parsed {
  options: OptionValues;
  positionals: string[];
  backend: Backend;
  help: boolean;
}

/** ` Is --epochs meant?`, where an option is written nearly so. */
function meant(option: string, known: readonly string[]): string {
  const letters = (name: string): number[] => [...name].map((letter) => letter.charCodeAt(0));
  const away = (name: string): number => editDistance(letters(option), letters(`--${name}`));
  const nearest = [...known].sort((a, b) => away(a) - away(b)).at(0);
  return nearest !== undefined && away(nearest) <= MOST_SLIPS ? ` Is --${nearest} meant?` : '';
}

/** What is wrong, from what parseArgs says of it: its messages name the option; what follows their first sentence is about itself. */
function misused(message: string, known: readonly string[]): string {
  const ambiguous = /^Option '(--[\w-]+)/.exec(message);
  if (ambiguous !== null && message.includes('ambiguous'))
    return `${ambiguous[1]} is followed by something that begins with a dash. Write ${ambiguous[1]}=VALUE where the value begins with one.`;
  const unknown = /^Unknown option '(--[\w-]+)'/.exec(message)?.[1];
  return `${message.split('. ')[0].replace(/\.$/, '')}.${unknown === undefined ? '' : meant(unknown, known)}`;
}

/** `--epochs -1` as `--epochs=-1`: a negative number behind an option is its value, and the command says which are allowed. */
const withNegativeValues = (args: readonly string[]): string[] =>
  args.reduce<string[]>((before, arg) => {
    const option = before.at(-1);
    const isValue = /^-\d/.test(arg) && option !== undefined && /^--[\w-]+$/.test(option);
    return isValue ? [...before.slice(0, -1), `${option}=${arg}`] : [...before, arg];
  }, []);

function parse(command: Command, args: string[]): Parsed {
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  const known = { ...everywhere, ...command.options };
  try {
    parsed = parseArgs({
      args: withNegativeValues(args),
      options: known,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? misused(error.message, Object.keys(known)) : String(error));
  }
  const { values, positionals } = parsed;
  const engine = values.engine ?? 'tensorflow';
  if (engine !== 'tensorflow' && engine !== 'wasm')
    throw new UsageError(`--engine is tensorflow or wasm, not ${JSON.stringify(engine)}.`);
  const help = values.help === true;
  const empty = Object.keys(values).find((name) => [values[name]].flat().includes(''));
  if (empty !== undefined) throw new UsageError(`--${empty} is empty. Write its value behind it.`);
  if (positionals.includes(''))
    throw new UsageError('An argument is empty. Name a file, a folder or a source.');
  const { least, most } = command.takes;
  if (!help && positionals.length < least)
    throw new UsageError(`${command.name} needs ${least === 1 ? 'an argument' : `${least} arguments`}.`);
  if (!help && positionals.length > most)
    throw new UsageError(`${command.name} does not know what to do with ${positionals[most]}.`);
  const options: OptionValues = {
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    texts: (name) =>
      Array.isArray(values[name])
        ? values[name].filter((value): value is string => typeof value === 'string')
        : [],
    flag: (name) => values[name] === true,
  };
  return { options, positionals, backend: engine, help };
}

function tell(terminal: Terminal, code: string, message: string): void {
  terminal.say(message);
  terminal.printJson({ type: 'problem', code, message });
}

async function runCommand(command: Command, args: string[], terminal: Terminal): Promise<ExitCode> {
  const { options, positionals, backend, help } = parse(command, args);
  if (help) {
    process.stdout.write(`${helpOf(command)}\n`);
    return 0;
  }
  const hosts: Host[] = [];
  const context: Context = {
    terminal,
    options,
    positionals,
    backend,
    version,
    windowFolder,
    host: (choice = {}) => {
      const host = createHost({
        launcher: childProcessLauncher(path.join(__dirname, 'engine.cjs')),
        folders: { data: dataFolder(), cache: cacheFolder(), examples: examplesFolder },
        version,
        root: choice.root,
        home: choice.root ?? process.cwd(),
        shell: 'browser',
        backend,
        // Only what serves a window has a root.
        oneRun: choice.root === undefined,
      });
      hosts.push(host);
      return host;
    },
  };
  try {
    return await command.run(context);
  } finally {
    for (const host of hosts) await host.close();
  }
}

async function main(args: string[]): Promise<ExitCode> {
  const [name, ...rest] = args;
  const terminal = createTerminal(args.includes('--json'));
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(`${overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    tell(
      terminal,
      'usage',
      `There is no command ${name}. The commands are ${commands.map((candidate) => candidate.name).join(', ')}.`,
    );
    return 2;
  }
  try {
    return await runCommand(command, rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.say(`${error.message}\n${usageOf(command)}`);
      terminal.printJson({ type: 'problem', code: 'usage', message: error.message });
      return 2;
    }
    if (error instanceof WorkFailed) {
      tell(terminal, error.problem.code, error.problem.message);
      return 1;
    }
    const reason = error instanceof Error ? error.message : String(error);
    tell(
      terminal,
      'axonry/bug',
      `Axonry made a mistake in ${name}: ${reason}. Set AXONRY_DEBUG=1 to see where, and report it.`,
    );
    if (process.env.AXONRY_DEBUG) console.error(error);
    return 1;
  }
}

// A reader that has seen enough, as `head`, is not a fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
