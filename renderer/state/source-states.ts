/** Owns where the reading of each data block stands. What was read is in the document's facts. */
import { create } from 'zustand';
import type { ReadingProgress } from '../../shared/protocol/reading';
import type { Problem } from '../../shared/result';

export type SourceState =
  /** `progress`: where it takes longer than a moment. */
  | { state: 'reading'; progress?: ReadingProgress }
  | { state: 'read' }
  /** Nothing to read yet: the sentence says what is missing. */
  | { state: 'unready'; message: string }
  | { state: 'failed'; problem: Problem };

export const useSources = create<{ sources: Readonly<Record<string, SourceState>> }>(() => ({ sources: {} }));

export function setSource(block: string, state: SourceState): void {
  useSources.setState(({ sources }) => ({ sources: { ...sources, [block]: state } }));
}
export function forgetSources(): void {
  useSources.setState({ sources: {} });
}
