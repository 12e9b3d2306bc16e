/** Owns the way from older project files to the current schema: one numbered step per version, in order. */
import { SCHEMA_VERSION, type Json } from '../document';

export type ProjectFile = Record<string, Json>;

export interface Migration {
  /** The schema version that it takes a file from; it leads to the next one. */
  from: number;
  migrate(file: ProjectFile): ProjectFile;
}

/** Version 1 is the first, so there is nothing to migrate from yet. Each older version keeps a frozen file among the tests. */
export const MIGRATIONS: readonly Migration[] = [];

/** Throws where a step is missing or out of order: that is a bug of this program, found by its tests. */
export function assertConsecutive(migrations: readonly Migration[], current: number) {
  const steps = migrations.map(({ from }) => from);
  const wanted = Array.from({ length: current - 1 }, (_, i) => i + 1);
  if (steps.join() !== wanted.join())
    throw new Error(
      `migrations lead from [${steps.join()}], but version ${current} needs [${wanted.join()}]`,
    );
}

assertConsecutive(MIGRATIONS, SCHEMA_VERSION);

/** The file in the current schema. `schema` is a whole number from 1 to the current version. */
export function migrate(
  file: ProjectFile,
  schema: number,
  migrations: readonly Migration[] = MIGRATIONS,
): ProjectFile {
  return migrations
    .filter(({ from }) => from >= schema)
    .reduce((older, step) => ({ ...step.migrate(older), schema: step.from + 1 }), file);
}
