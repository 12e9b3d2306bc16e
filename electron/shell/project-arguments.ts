/** Finds the project files that a start of the application names. */
import path from 'node:path';

/** Switches may stand anywhere: Chromium adds its own. */
export const projectArguments = (args: readonly string[], folder: string): string[] =>
  args
    .slice(1)
    .filter((argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith('.axon'))
    .map((argument) => path.resolve(folder, argument));
