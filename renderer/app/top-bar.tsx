/** The top bar: project and its menu, saved state, undo and redo, workspaces, device, theme, Run. */
import { Tooltip } from '@mantine/core';
import { Contrast, Cpu, Play, Redo2, Undo2 } from 'lucide-react';
import { engineText, useMachine } from '../state/machine-store';
import { useEstimate } from '../state/estimate';
import { isEdited, redo, showWorkspace, undo, useProject } from '../state/project-store';
import { startRun, useRuns } from '../state/runs-store';
import { useNextStep } from '../state/compilation';
import { switchTheme } from '../theme/theme';
import { estimateText } from '../training/figures';
import { timeText } from '../ui/numbers';
import { goesOn, runStateColor, runWords } from '../ui/run-state';
import { shortcutText } from './commands';
import { FileMenu } from './file-menu';
import { TABS } from './workspaces';

const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--accent-fill)" />
      <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round">
        <path d="M5 7.5c7 0 7 9 14 9" />
        <path d="M5 16.5c2.6 0 4.2-1.2 5.5-2.8M13.5 10.3C14.8 8.7 16.4 7.5 19 7.5" />
      </g>
    </svg>
  );
}

function SavedState() {
  const text = useProject((state) => {
    if (!state.project) return '';
    if (state.saving) return 'Saving';
    const { savedAt } = state.project;
    if (isEdited(state))
      return state.autosavedAt ? `Edited, copy kept ${timeText(state.autosavedAt)}` : 'Edited';
    return savedAt ? `Saved ${timeText(savedAt)}` : 'Not saved yet';
  });
  return <span className="saved-state ink3 s12">{text}</span>;
}

function UndoRedo() {
  const undoLabel = useProject((state) => state.history.past.at(-1)?.label);
  const redoLabel = useProject((state) => state.history.future.at(-1)?.label);
  const undoName = undoLabel ? `Undo: ${undoLabel}` : 'Undo';
  const redoName = redoLabel ? `Redo: ${redoLabel}` : 'Redo';
  return (
    <>
      <Tooltip label={`${undoName} (${shortcutText('undo')})`}>
        <button
          type="button"
          className="btn ghost icon"
          aria-label={undoName}
          aria-disabled={!undoLabel}
          onClick={undo}
        >
          <Undo2 {...icon} />
        </button>
      </Tooltip>
      <Tooltip label={`${redoName} (${shortcutText('redo')})`}>
        <button
          type="button"
          className="btn ghost icon"
          aria-label={redoName}
          aria-disabled={!redoLabel}
          onClick={redo}
        >
          <Redo2 {...icon} />
        </button>
      </Tooltip>
    </>
  );
}

function moveInTabs(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  const tabs = [...event.currentTarget.querySelectorAll('button')];
  const here = tabs.findIndex((tab) => tab === document.activeElement);
  const next = tabs[(here + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}

/** The run of this project that goes on: the one that trains, before those that wait for it. */
function RunSign() {
  const going = useRuns(
    ({ records }) =>
      records.find(({ state }) => goesOn(state) && state !== 'queued') ??
      records.find(({ state }) => goesOn(state)),
  );
  if (!going) return null;
  const name = `run ${going.number} is ${runWords(going)}`;
  return (
    <span
      className="dot"
      role="img"
      aria-label={name}
      title={name}
      style={{ color: runStateColor(going.state) }}
    />
  );
}

function Workspaces() {
  const current = useProject((state) => state.workspace);
  return (
    <div className="seg" role="tablist" aria-label="Workspaces" onKeyDown={moveInTabs}>
      {TABS.map(({ workspace, title }) => (
        <button
          key={workspace}
          type="button"
          role="tab"
          aria-selected={workspace === current}
          tabIndex={workspace === current || (current === 'start' && workspace === 'build') ? 0 : -1}
          onClick={() => showWorkspace(workspace)}
        >
          {title}
          {workspace === 'train' && <RunSign />}
        </button>
      ))}
    </div>
  );
}

function DeviceLine() {
  const engine = useMachine((state) => state.engine);
  const setup = useMachine((state) => state.setup);
  const about = useMachine((state) => state.about);
  const text =
    engine.state === 'ready'
      ? engineText(engine)
      : engine.state === 'preparing'
        ? (setup?.message ?? 'Preparing the engine')
        : engine.state === 'missing'
          ? 'No engine'
          : 'Looking for the engine';
  const more =
    engine.state === 'missing'
      ? engine.message
      : about
        ? `${about.processor}, ${about.cores} cores, ${about.platform}`
        : '';
  return (
    <Tooltip label={`Where training runs: ${text}${more ? `\n${more}` : ''}`}>
      <span className="device s12 ink2" tabIndex={0} aria-label={`Where training runs: ${text}. ${more}`}>
        <Cpu {...icon} />
        <span className="device-text">{text}</span>
      </span>
    </Tooltip>
  );
}

function ThemeButton() {
  return (
    <Tooltip label="Switch between dark and light">
      <button
        type="button"
        className="btn ghost icon"
        aria-label="Switch between dark and light"
        onClick={switchTheme}
      >
        <Contrast {...icon} />
      </button>
    </Tooltip>
  );
}

function RunButton() {
  const { ready, text } = useNextStep();
  const estimate = useEstimate();
  const told = ready ? estimate && estimateText(estimate) : text;
  return (
    <Tooltip label={told} disabled={told === null}>
      <button
        type="button"
        className="btn primary"
        aria-disabled={!ready}
        aria-label={ready ? 'Run' : `Run: ${text}`}
        onClick={() => {
          if (ready) void startRun();
        }}
      >
        <Play {...icon} />
        Run <kbd>{shortcutText('run')}</kbd>
      </button>
    </Tooltip>
  );
}

export function TopBar() {
  const open = useProject((state) => state.project !== null);
  const onStart = useProject((state) => state.workspace === 'start' || state.project === null);
  return (
    <header className="top" data-area="top">
      <div className="left">
        <Tooltip label="Start page">
          <button
            type="button"
            className="mark"
            aria-label="Start page"
            onClick={() => showWorkspace('start')}
          >
            <Mark />
          </button>
        </Tooltip>
        <FileMenu />
        {open && (
          <>
            <SavedState />
            {!onStart && (
              <>
                <span className="sep" />
                <UndoRedo />
              </>
            )}
          </>
        )}
      </div>
      <nav aria-label="Workspaces">{open && <Workspaces />}</nav>
      <div className="right">
        <DeviceLine />
        <ThemeButton />
        {open && <RunButton />}
      </div>
    </header>
  );
}
