/** What `COMMAND --help` says: the usage line, and each of its words in a sentence. */
import type { Command } from './command';

/** By the word as usage lines write it. */
const WORDS: Readonly<Record<string, string>> = {
  FILE: 'a project, name.axon',
  RUN: 'the folder of a run; "axonry runs FILE" names them',
  NAME: 'an architecture; "axonry templates" lists them',
  SOURCE:
    'digits, xor, moons, circles, spirals, blobs, linear (with ?count=n&seed=n), a CSV file (with its settings, as plants.csv?missing=mean&target=kind) or a folder of IDX files',
  '--data SOURCE':
    "takes this instead of the project's data, a CSV file with the settings of the project's own CSV block unless it names others; block=SOURCE where it has several",
  '--set block.param=value':
    'changes a parameter before the start, as --set dense.units=64; may be given again',
  '--epochs n': 'instead of the epochs of the Train block',
  '--seed n': 'draws other initial weights, order and dropout; the same seed gives the same run',
  '--out DIR': 'where the new run is put; else beside the project',
  '--profile': 'shows where the time of a step goes, for each stage and each Train block',
  '--resume RUN': 'goes on from the last checkpoint of a run',
  '--snapshot NAME': 'of that run: a new run goes on from it, and the old one stays as it is',
  '--part train|validation|test': 'which samples; the test samples where there are some',
  '--trainer BLOCK': 'the Train block whose loss and metrics; else the first of the last stage',
  '--format tfjs': 'a TensorFlow.js layers model',
  '--out PATH': 'the folder to write to',
  '--out FILE': 'the project to write',
  '--html DIR': 'writes a help page for each block there, with an index',
  '--verify': 'reads the written model again and compares its predictions',
  '--replace': 'writes over an earlier export there',
  '--port n': 'instead of a free one',
  '--root DIR': 'files outside this folder cannot be opened; else the current folder',
  '--gpu':
    'gets the TensorFlow that also computes on NVIDIA cards, with the libraries that it needs (Linux, 3 GB to fetch)',
  '--open': 'opens the address in the browser',
  '--json': 'prints JSON on standard output and nothing else there',
  '--engine tensorflow|wasm':
    'what computes; tensorflow unless said otherwise. wasm needs no preparation and is several times slower',
};

export const usageOf = ({ name, usage }: Command): string =>
  `Usage: axonry ${name} ${usage} [--json] [--engine tensorflow|wasm]`.replace('  ', ' ');

/** An option with its value, or a name in capitals that stands alone. */
const wordsOf = (usage: string): string[] => usage.match(/--[a-z-]+(?: [\w|.=]+)?|\b[A-Z]{3,}\b/g) ?? [];

export function helpOf(command: Command): string {
  const words = wordsOf(usageOf(command));
  const width = Math.max(...words.map((word) => word.length));
  const lines = words.map((word) => `  ${word.padEnd(width)}  ${WORDS[word] ?? ''}`.trimEnd());
  return [command.summary, usageOf(command), '', ...lines].join('\n');
}
