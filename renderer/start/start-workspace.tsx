/** The start page: what was open before, examples by what a network should do, and whether this computer can train. */
import { useCallback, useEffect, useState } from 'react';
import type { StartPage } from '../../shared/protocol/host-api';
import { useDialog } from '../state/dialogs';
import { host, useConnection } from '../state/host';
import { reportProblem } from '../state/notices';
import { newProject } from '../state/project-files';
import { Architectures } from './architectures';
import { EngineLine } from './engine-line';
import { ExampleCards } from './example-cards';
import { StartSide } from './recents';
import './start.css';

/** What the host offers; asked again when a lost connection is back. */
function useStartPage() {
  const connection = useConnection((state) => state.state);
  const [page, setPage] = useState<StartPage | null>(null);
  useEffect(() => {
    if (connection !== 'open') return;
    let over = false;
    void host.start({}).then((answer) => {
      if (over) return;
      if (answer.ok) setPage(answer.value);
      else reportProblem(answer.problem);
    });
    return () => {
      over = true;
    };
  }, [connection]);
  const discard = useCallback(async (recovery: string) => {
    const answer = await host.discardRecovery({ recovery });
    if (!answer.ok) return reportProblem(answer.problem);
    setPage(
      (now) => now && { ...now, recoveries: now.recoveries.filter((one) => one.recovery !== recovery) },
    );
  }, []);
  return { page, discard };
}

function useNewKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey ||
        event.key.toLowerCase() !== 'n'
      )
        return;
      if (useDialog.getState().dialog !== null) return;
      event.preventDefault();
      void newProject();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

export function StartWorkspace() {
  const { page, discard } = useStartPage();
  useNewKey();
  return (
    <main className="start">
      <StartSide
        recents={page?.recents ?? null}
        recoveries={page?.recoveries ?? []}
        onDiscard={(recovery) => void discard(recovery)}
      />
      <div className="start-main">
        <ExampleCards examples={page?.examples ?? null} />
        <Architectures />
      </div>
      <EngineLine />
    </main>
  );
}
