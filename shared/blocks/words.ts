/** Owns what a block made by a factory says in its own words: all that people read. */
import type { AnyBlockDefinition } from './block';

export interface Words extends Pick<AnyBlockDefinition, 'search' | 'summary' | 'source'> {
  /** Where it differs from the type. */
  title?: string;
  /** Paragraphs. */
  help: readonly string[];
  formula?: string;
}

export const written = (type: string, { title = type, help, formula, search, summary, source }: Words) => ({
  type,
  version: 1,
  title,
  search,
  summary,
  source,
  help: help.join('\n\n'),
  formula,
});
