/**
 * Owns what is derived from the document: shapes, costs, diagnostics, the plan. It is compiled in the same tick as the
 * edit, so that a parameter and its new shapes are drawn in one frame, and not at all when blocks only move.
 */
import { create } from 'zustand';
import { compile } from '../../shared/compiler/compile';
import { nextStep } from '../../shared/compiler/next-step';
import type { BlockResult, Compilation, WireResult } from '../../shared/compiler/compilation';
import type { Diagnostic, Severity } from '../../shared/compiler/diagnostic';
import type { Block, Document } from '../../shared/document/document';
import { useProject, type ProjectState } from './project-store';
import { useMachine } from './machine-store';
import { useSources, type SourceState } from './source-states';

const nothing: Compilation = {
  plan: null,
  rows: null,
  diagnostics: [],
  blocks: {},
  wires: {},
  totals: { parameters: 0, trainableParameters: 0, multiplyAdds: 0, activationBytes: 0, optimizerBytes: 0 },
  checks: 0,
};

/** A diagnostic, as the canvas shows it. */
export interface Problem extends Diagnostic {
  /** The block that it belongs to, by the composite blocks around it: `stage/conv2d`. */
  path: string | null;
  /** A data block was not read: another file or folder may mend it. */
  unread: boolean;
}

/** `blocks`, `wires` and the blocks of problems are those that the canvas shows: of the whole network, or of an opened block. */
export interface CompilationState extends Compilation {
  /** The diagnostics of the compiler and what readers could not read, errors first. */
  problems: readonly Problem[];
  /** The worst problem of each block that has one. */
  severities: Readonly<Record<string, Severity>>;
}

export const useCompilation = create<CompilationState>(() => ({ ...nothing, problems: [], severities: {} }));

const sameBlock = (a: Block, b: Block | undefined): boolean =>
  a === b ||
  (b !== undefined &&
    a.type === b.type &&
    a.params === b.params &&
    a.mode === b.mode &&
    a.title === b.title &&
    a.version === b.version);

/** True where nothing that the compiler reads is different: blocks may have moved. */
export function compilesAlike(a: Document, b: Document): boolean {
  if (a === b) return true;
  if (a.wires !== b.wires || a.facts !== b.facts || a.composites !== b.composites) return false;
  if (a.blocks === b.blocks) return true;
  const ids = Object.keys(a.blocks);
  return (
    ids.length === Object.keys(b.blocks).length && ids.every((id) => sameBlock(a.blocks[id], b.blocks[id]))
  );
}

function sameResult<T extends BlockResult | WireResult>(a: T, b: T | undefined): boolean {
  if (a === b) return true;
  if (b === undefined) return false;
  if ('facts' in a && 'facts' in b && a.facts !== b.facts) return false;
  return JSON.stringify({ ...a, facts: null }) === JSON.stringify({ ...b, facts: null });
}

const NOT_READ = 'data/not-read';
const ORDER = { error: 0, warning: 1, hint: 2 } as const;

function unreadSources(document: Document, sources: Readonly<Record<string, SourceState>>): Diagnostic[] {
  return Object.entries(sources).flatMap(([block, source]): Diagnostic[] =>
    source.state === 'failed' && block in document.blocks
      ? [
          {
            code: source.problem.code,
            severity: 'error',
            block,
            port: null,
            message: source.problem.message,
            why:
              block in document.facts
                ? 'The network is checked with what was known of the data before; it cannot be trained without them.'
                : 'Without the data no shapes are known.',
            fixes: [],
          },
        ]
      : [],
  );
}

/** What a run would read has to be there: nothing can be trained on a source that could not be read. */
function trainable({ plan, rows }: Compilation): Pick<Compilation, 'plan' | 'rows'> {
  const { sources } = useSources.getState();
  const isUnread = plan?.datasets.some(({ block }) => sources[block]?.state === 'failed');
  return isUnread ? { plan: null, rows: null } : { plan, rows };
}

/** The object from before where nothing about it changed. */
const kept = <T>(next: T, before: T): T => (JSON.stringify(next) === JSON.stringify(before) ? before : next);

/** Of the whole document; the state holds the part of it that shows. */
let ofWhole: Compilation = nothing;

const prefixOf = (opened: readonly string[]): string => opened.map((id) => `${id}/`).join('');

/** The block on the canvas that a problem belongs to or lies in; null where it lies elsewhere. */
function shownBlock(path: string | null, prefix: string): string | null {
  if (path === null || !path.startsWith(prefix)) return null;
  return path.slice(prefix.length).split('/')[0];
}

function problemsOf(
  diagnostics: readonly Diagnostic[],
  { whole, opened }: Pick<ProjectState, 'whole' | 'opened'>,
): Pick<CompilationState, 'problems' | 'severities'> {
  const unread = unreadSources(whole, useSources.getState().sources);
  const said = new Set(unread.map(({ block }) => block));
  // Why a block was not read says more than that it was not.
  const others = diagnostics.filter(({ code, block }) => code !== NOT_READ || !said.has(block));
  const prefix = prefixOf(opened);
  const problems = [...unread, ...others]
    .sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
    .map((problem): Problem => ({
      ...problem,
      unread: problem.code === NOT_READ || unread.includes(problem),
      path: problem.block,
      block: shownBlock(problem.block, prefix),
    }));
  const severities: Record<string, Severity> = {};
  for (const { block, severity } of problems) if (block !== null) severities[block] ??= severity;
  const before = useCompilation.getState();
  return { problems: kept(problems, before.problems), severities: kept(severities, before.severities) };
}

/**
 * The results of what the canvas shows. Objects of results that did not change are kept, so that only blocks that changed
 * are drawn again; without composite blocks the compiler did so already.
 */
function shownOf<T extends BlockResult | WireResult>(
  results: Record<string, T>,
  ids: Readonly<Record<string, unknown>>,
  { prefix, before }: { prefix: string; before: Record<string, T> },
): Record<string, T> {
  const names = Object.keys(ids);
  if (prefix === '' && names.length === Object.keys(results).length) return results;
  return Object.fromEntries(
    names
      .filter((id) => Object.hasOwn(results, prefix + id))
      .map((id) => {
        const result = results[prefix + id];
        return [id, sameResult(result, before[id]) ? before[id] : result];
      }),
  );
}

/** Takes the part that the canvas shows. */
function show(): void {
  const { whole, opened, document } = useProject.getState();
  const before = useCompilation.getState();
  const prefix = prefixOf(opened);
  useCompilation.setState({
    ...ofWhole,
    ...trainable(ofWhole),
    blocks: shownOf(ofWhole.blocks, document.blocks, { prefix, before: before.blocks }),
    wires: shownOf(ofWhole.wires, document.wires, { prefix, before: before.wires }),
    ...problemsOf(ofWhole.diagnostics, { whole, opened }),
  });
}

function derive(whole: Document): void {
  const { about } = useMachine.getState();
  ofWhole = compile(whole, whole.facts, about);
  show();
}

export function followForCompilation(): () => void {
  derive(useProject.getState().whole);
  const ends = [
    useProject.subscribe((now, before) => {
      if (!compilesAlike(now.whole, before.whole)) derive(now.whole);
      else if (now.opened !== before.opened) show();
    }),
    useMachine.subscribe((now, before) => {
      if (now.about?.memory !== before.about?.memory) derive(useProject.getState().whole);
    }),
    useSources.subscribe(() => {
      useCompilation.setState({
        ...trainable(ofWhole),
        ...problemsOf(ofWhole.diagnostics, useProject.getState()),
      });
    }),
  ];
  return () => ends.forEach((end) => end());
}

/** Whether the network can be trained, and the sentence that says so or what it needs first. */
export function useNextStep(): { ready: boolean; text: string } {
  const plan = useCompilation((state) => state.plan);
  const problems = useCompilation((state) => state.problems);
  const document = useProject((state) => state.whole);
  return { ready: plan !== null, text: nextStep(document, { plan, diagnostics: problems }) };
}
