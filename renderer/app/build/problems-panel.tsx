/** The list of what is wrong, with the fix that is one click. F8 goes through it. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { Diagnostic, Severity } from '../../../shared/compiler/diagnostic';
import { goTo } from '../../canvas/composite-actions';
import { nameOf } from '../../canvas/actions';
import { applyFix } from '../../canvas/apply-fix';
import { SeverityMark } from '../../icons/marks';
import { ChoosePath } from '../../inspector/path-field';
import { useBuildLayout } from '../../state/build-layout';
import { useCompilation, type Problem } from '../../state/compilation';
import { useProject } from '../../state/project-store';
import { plural } from '../../ui/numbers';

function show({ path }: Problem): void {
  if (path !== null) goTo(path);
}

/** The block on the canvas, with the way to the block inside it where the problem is. */
function placeName({ block, path }: Problem): string {
  if (path === null) return 'Network';
  if (block === null) return path;
  const inner = path.slice(path.lastIndexOf(block) + block.length);
  return `${nameOf(block)}${inner.replaceAll('/', ' › ')}`;
}

function Row({ problem, first }: { problem: Problem; first: boolean }) {
  const current = useProject(
    (state) => problem.block !== null && state.selection.blocks.includes(problem.block),
  );
  const title = useProject(() => placeName(problem));
  const block = useProject((state) => (problem.block ? state.document.blocks[problem.block] : undefined));
  const fix = problem.fixes[0];
  return (
    <li className="problem-row" data-current={current || undefined}>
      <button
        type="button"
        className="problem-open"
        data-area-entry={first || undefined}
        onClick={() => show(problem)}
      >
        <SeverityMark severity={problem.severity} />
        <span className="problem-block">{title}</span>
        <span className="problem-message" title={`${problem.message}\n${problem.why}`}>
          {problem.message}
        </span>
      </button>
      <span className="mono ink3">{problem.code}</span>
      {fix ? (
        <button type="button" className="btn link s12" title={fix.label} onClick={() => applyFix(fix)}>
          {fix.label}
        </button>
      ) : problem.unread && problem.block && block ? (
        <ChoosePath id={problem.block} block={block} className="btn link s12" />
      ) : (
        <span />
      )}
    </li>
  );
}

function Count({ severity, problems }: { severity: Severity; problems: readonly Diagnostic[] }) {
  const n = problems.filter((problem) => problem.severity === severity).length;
  if (n === 0) return null;
  return (
    <span className="row g4">
      <SeverityMark severity={severity} />
      {n}
    </span>
  );
}

function moveInRows(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.problem-open')];
  const here = rows.findIndex((row) => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, here + step))]?.focus();
}

export function ProblemsPanel() {
  const problems = useCompilation((state) => state.problems);
  const checks = useCompilation((state) => state.checks);
  const empty = useProject((state) => Object.keys(state.document.blocks).length === 0);
  const folded = useBuildLayout((state) => state.problemsFolded);
  const shown = empty ? [] : problems;
  return (
    <section
      className="problems panel"
      aria-label="Problems"
      data-area="problems"
      data-folded={folded || undefined}
    >
      <div className="problems-head">
        <button
          type="button"
          className="problems-fold"
          data-area-entry={shown.length === 0 || folded || undefined}
          aria-expanded={!folded}
          onClick={() => useBuildLayout.setState({ problemsFolded: !folded })}
        >
          {folded ? (
            <ChevronUp size={14} strokeWidth={1.5} aria-hidden />
          ) : (
            <ChevronDown size={14} strokeWidth={1.5} aria-hidden />
          )}
          <b>Problems</b>
        </button>
        {(['error', 'warning', 'hint'] as const).map((severity) => (
          <Count key={severity} severity={severity} problems={shown} />
        ))}
        <span className="grow" />
        {shown.length > 0 && <span className="ink3">F8 next</span>}
      </div>
      {!folded && (
        <ul onKeyDown={moveInRows}>
          {shown.map((problem, i) => (
            <Row
              key={`${problem.code} ${problem.path} ${problem.port} ${problem.message}`}
              problem={problem}
              first={i === 0}
            />
          ))}
          {shown.length === 0 && (
            <li className="problems-none ink2 s12">
              {empty ? 'Nothing to check yet.' : `No problems. ${plural(checks, 'check')} ran.`}
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
