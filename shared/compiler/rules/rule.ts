/** Owns what a rule is: a question about a network whose answer is a list of diagnostics, empty where all is well. */
import type { Diagnostic, Fix, Severity } from '../diagnostic';
import type { Node } from '../graph';
import type { Network } from '../network';

export type Rule = (network: Network) => Diagnostic[];

interface Said {
  port?: string | null;
  message: string;
  why: string;
  fixes?: readonly (Fix | null)[];
}

const say =
  (severity: Severity) =>
  (code: string, node: Node | null, { port = null, message, why, fixes = [] }: Said): Diagnostic => ({
    code,
    severity,
    block: node?.id ?? null,
    port,
    message,
    why,
    fixes: fixes.filter((fix) => fix !== null),
  });

export const error = say('error');
export const warning = say('warning');
export const hint = say('hint');

/** From here on a number is its power of ten: nobody counts as many digits. */
const HUGE = 1e12;

/** A number as sentences show it: at most four digits that count. */
export const numberText = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < HUGE
    ? value.toLocaleString('en')
    : String(Number(value.toPrecision(4)));
