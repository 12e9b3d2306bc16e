/** Owns what the frame tells the person: a problem stays until it is dismissed, a confirmation leaves by itself. */
import { create } from 'zustand';
import type { Problem } from '../../shared/result';

const CONFIRMATION_MS = 4000;

export interface Notices {
  problem: Problem | null;
  confirmation: { text: string; id: number } | null;
}

export const useNotices = create<Notices>(() => ({ problem: null, confirmation: null }));

export function reportProblem(problem: Problem): void {
  useNotices.setState({ problem });
}
export function dismissProblem(): void {
  useNotices.setState({ problem: null });
}

let count = 0;
/** For harmless confirmations only: nothing that needs a decision. */
export function confirm(text: string): void {
  const id = ++count;
  useNotices.setState({ confirmation: { text, id } });
  setTimeout(() => {
    if (useNotices.getState().confirmation?.id === id) useNotices.setState({ confirmation: null });
  }, CONFIRMATION_MS);
}
