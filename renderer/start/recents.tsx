/** The left column of the start page: unsaved work from before, what was open last, and the two ways to begin. */
import { FolderOpen, Plus } from 'lucide-react';
import { shortcutText } from '../app/commands';
import type { Recent, Recovery } from '../../shared/protocol/host-api';
import { useMachine } from '../state/machine-store';
import { newProject, openPath, openRecovery, openWithDialog } from '../state/project-files';
import { timeText } from '../ui/numbers';
import { FiveSteps } from './five-steps';

const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

function Recoveries({
  recoveries,
  onDiscard,
}: {
  recoveries: readonly Recovery[];
  onDiscard: (recovery: string) => void;
}) {
  if (recoveries.length === 0) return null;
  return (
    <section aria-label="Unsaved work">
      <h2>Unsaved work</h2>
      <p className="s12 ink2">Axonry ended before this was saved. The copies are still here.</p>
      <ul>
        {recoveries.map(({ recovery, name, time }) => (
          <li key={recovery} className="recovery">
            <span className="grow start-name">
              <b>{name}</b>
              <span className="s11 ink3 num">copy of {timeText(time)}</span>
            </span>
            <button
              type="button"
              className="btn"
              onClick={() => void openRecovery(recovery)}
              aria-label={`Open the copy of ${name}`}
            >
              Open
            </button>
            <button
              type="button"
              className="btn ghost"
              onClick={() => onDiscard(recovery)}
              aria-label={`Discard the copy of ${name}`}
            >
              Discard
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ recent: { path, name, result, time } }: { recent: Recent }) {
  return (
    <li>
      <button type="button" className="recent" title={path} onClick={() => void openPath(path)}>
        <span className="grow start-name">
          <b>{name}</b>
          <span className="s12 ink2 num">{result ?? 'not trained yet'}</span>
        </span>
        <span className="s11 ink3 num">{timeText(time)}</span>
      </button>
    </li>
  );
}

interface StartSideProps {
  recents: readonly Recent[] | null;
  recoveries: readonly Recovery[];
  onDiscard: (recovery: string) => void;
}

export function StartSide({ recents, recoveries, onDiscard }: StartSideProps) {
  // A browser keeps Ctrl N for itself.
  const desktop = useMachine((state) => state.about?.shell === 'desktop');
  return (
    <aside className="start-side" aria-label="Projects" data-area="projects">
      <h1>Start a network</h1>
      <div className="row g8 start-buttons">
        <button type="button" className="btn primary" data-area-entry onClick={() => void newProject()}>
          <Plus {...icon} /> Empty canvas {desktop && <kbd>Ctrl N</kbd>}
        </button>
        <button type="button" className="btn" onClick={() => void openWithDialog()}>
          <FolderOpen {...icon} /> Open <kbd>{shortcutText('open')}</kbd>
        </button>
      </div>
      <p className="s12 ink3">
        A project file that is dropped on this window opens too; a CSV file begins a project.
      </p>
      <Recoveries recoveries={recoveries} onDiscard={onDiscard} />
      <section aria-label="Recent">
        <h2>Recent</h2>
        {recents?.length === 0 && (
          <p className="s12 ink2">
            Projects that you save or open appear here. An example at the right is a good first one.
          </p>
        )}
        <ul>
          {recents?.map((recent) => (
            <RecentRow key={recent.path} recent={recent} />
          ))}
        </ul>
      </section>
      <FiveSteps />
    </aside>
  );
}
