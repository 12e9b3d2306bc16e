/** The problems of one block, spelled out beside it: what, why, and the fixes. */
import { NodeToolbar, Position, useStore } from 'reactflow';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { SeverityMark } from '../icons/marks';
import { ChoosePath } from '../inspector/path-field';
import { useCompilation, type Problem } from '../state/compilation';
import { useDialog } from '../state/dialogs';
import { useProject } from '../state/project-store';
import { applyFix } from './apply-fix';
import { showCanvas, useCanvas } from './canvas-store';

function ProblemSection({ problem, first }: { problem: Problem; first: boolean }) {
  const block = useProject(({ document }) => (problem.block ? document.blocks[problem.block] : undefined));
  return (
    <section className="problem">
      <div className="row g8">
        <SeverityMark severity={problem.severity} size={16} ground="var(--block)" />
        <h3>{problem.message}</h3>
      </div>
      <p className="s12 ink2">{problem.why}</p>
      {problem.fixes.length > 0 && (
        <div className="problem-fixes">
          {problem.fixes.map((fix, i) => (
            <button
              key={fix.label}
              type="button"
              className={first && i === 0 ? 'btn primary' : 'btn'}
              onClick={() => applyFix(fix)}
            >
              {fix.label}
            </button>
          ))}
        </div>
      )}
      {problem.unread && problem.block && block && (
        <div className="problem-fixes">
          <ChoosePath id={problem.block} block={block} className={first ? 'btn primary' : 'btn'} />
        </div>
      )}
      <span className="mono ink3">{problem.code}</span>
    </section>
  );
}

const CARD = '.problem-popover';

/** To the first action of the card. */
export function focusProblem(): void {
  const card = document.querySelector(CARD);
  card?.querySelector<HTMLElement>('.problem-fixes button, button')?.focus({ preventScroll: true });
}

const hasNoFocus = (): boolean => document.activeElement === document.body;

/** Takes the focus on its first action and gives it back when it closes. */
function useFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    focusProblem();
    return () => {
      if (hasNoFocus() && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
}

/** What had the focus may be gone: a dialog that the card asked with, or the fix that was taken. The next one gets it. */
function useFocusKept(shown: string): void {
  const isAsking = useDialog(({ dialog }) => dialog !== null);
  useEffect(() => {
    // While data are read, the card has nothing but its Close.
    const isPassing = document.activeElement?.closest('[aria-modal=true], .problem-close') ?? false;
    if (!isAsking && (isPassing || hasNoFocus())) focusProblem();
  }, [isAsking, shown]);
}

const keyOf = ({ code, message }: Problem): string => `${code} ${message}`;

function ProblemCard({ problems }: { problems: readonly Problem[] }) {
  useFocus();
  useFocusKept(problems.map(keyOf).join());
  return (
    <div
      className="problem-popover nowheel"
      role="dialog"
      aria-label={problems.length === 1 ? 'Problem' : `${problems.length} problems`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') showCanvas({ problemsOf: null });
      }}
    >
      {problems.map((problem, i) => (
        <ProblemSection key={keyOf(problem)} problem={problem} first={i === 0} />
      ))}
      <button
        type="button"
        className="btn ghost icon problem-close"
        aria-label="Close"
        onClick={() => showCanvas({ problemsOf: null })}
      >
        <X size={14} strokeWidth={1.5} />
      </button>
    </div>
  );
}

export function ProblemPopover() {
  const id = useCanvas((state) => state.problemsOf);
  const problems = useCompilation((state) => state.problems);
  // Above the block where it stands in the lower half of the canvas.
  const above = useStore((state) => {
    const node = id ? state.nodeLookup.get(id) : undefined;
    if (!node) return false;
    return node.internals.positionAbsolute.y * state.transform[2] + state.transform[1] > state.height * 0.55;
  });
  const mine = problems.filter((problem) => problem.block === id);
  if (!id || mine.length === 0) return null;
  return (
    <NodeToolbar nodeId={id} isVisible position={above ? Position.Top : Position.Bottom} offset={14}>
      <ProblemCard key={id} problems={mine} />
    </NodeToolbar>
  );
}
