/** Owns what the application says about a network: a diagnostic is data, its fixes are edit commands. */
import { z } from 'zod';
import type { Edit } from '../document/edits';

export const severity = z.enum(['error', 'warning', 'hint']);
/** `error` only where no plan can be made or a run cannot go on. */
export type Severity = z.infer<typeof severity>;

export interface Fix {
  /** Names the effect: `Insert Flatten`, `Set padding to same`. */
  label: string;
  edit: Edit;
}

export interface Diagnostic {
  /** `shape/mismatch`, `loss/pairing` … as catalogued. */
  code: string;
  severity: Severity;
  /** The block that it belongs to; null for the document as a whole. */
  block: string | null;
  port: string | null;
  /** One sentence: what is, with the numbers. */
  message: string;
  /** One sentence: why that matters or where it comes from. */
  why: string;
  fixes: Fix[];
}
