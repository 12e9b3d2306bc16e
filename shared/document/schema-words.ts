/** Owns how schemas say what is wrong with a file or a message, in words that need no programmer. Set for all schemas. */
import { z } from 'zod';

/** What JSON calls its values. */
const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const kindOf = (name: string): string => KINDS[name] ?? name;

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return kindOf(Array.isArray(value) ? 'array' : typeof value);
}

/** A clause for `… is damaged at PLACE: CLAUSE`; undefined leaves it to the schema's own words. */
function words(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'it is missing';
  if (issue.code === 'invalid_type') return `${kindOf(issue.expected)} is needed, not ${nameOf(issue.input)}`;
  if (issue.code === 'invalid_value' && issue.values.length === 1)
    return `${JSON.stringify(issue.values[0])} is needed, not ${JSON.stringify(issue.input)}`;
  return undefined;
}

z.config({ jitless: true, customError: words });
