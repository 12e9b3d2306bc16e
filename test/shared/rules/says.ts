/** Asks a drawing what compiling says about it, for tests of rules. */
import { expect } from 'vitest';
import type { Diagnostic } from '../../../shared/compiler/diagnostic';
import { compile } from '../../../shared/compiler/compile';
import { apply } from '../../../shared/document/edits';
import type { Drawing } from '../draw';

export const about = (drawing: Drawing, code: string): Diagnostic[] =>
  drawing.compile().diagnostics.filter((diagnostic) => diagnostic.code === code);

export interface Case {
  name: string;
  code: string;
  drawing: () => Drawing;
  /** Words of the sentence. Without them nothing must be said. */
  says?: string | RegExp;
  block?: string;
  severity?: Diagnostic['severity'];
  /** Labels of the fixes, in order. */
  fixes?: string[];
  /** The first fix makes the code silent. */
  fixed?: boolean;
}

/** Checks one row of a table: what is said, on which block, and that the first fix mends it. */
export function check({ code, drawing, says, block, severity, fixes, fixed }: Case) {
  const drawn = drawing();
  const found = about(drawn, code);
  if (says === undefined) {
    expect(found.map(({ message }) => message)).toEqual([]);
    return;
  }
  expect(found.map(({ message }) => message)).toEqual([
    typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says),
  ]);
  const [diagnostic] = found;
  expect(diagnostic.why).toMatch(/\.$/);
  if (block !== undefined) expect(diagnostic.block).toBe(block);
  if (severity) expect(diagnostic.severity).toBe(severity);
  if (fixes) expect(diagnostic.fixes.map(({ label }) => label)).toEqual(fixes);
  if (fixed) {
    const mended = compile(apply(drawn.document, diagnostic.fixes[0].edit)).diagnostics;
    expect(mended.filter((other) => other.code === code)).toEqual([]);
  }
}
