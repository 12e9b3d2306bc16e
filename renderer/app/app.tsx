/** The frame of the window: top bar, notices, the workspace that shows, and the dialogs. */
import { useEffect } from 'react';
import { followForAutosave } from '../state/autosave';
import { followForCompilation } from '../state/compilation';
import { followSources } from '../state/data-facts';
import { followForCalibration } from '../state/estimate';
import { showFirstView } from '../state/first-view';
import { askAboutMachine, followMachine } from '../state/machine-store';
import { useConnection } from '../state/host';
import { useProject } from '../state/project-store';
import { followRuns, loadRunOrder } from '../state/runs-store';
import { useDesktop } from './desktop';
import { Dialogs } from './dialogs';
import { useDroppedFiles } from './dropped-files';
import { useKeyboard } from './keyboard';
import {
  AlsoOpenBanner,
  Confirmation,
  ConnectionBanner,
  ProblemBanner,
  RecoveredBanner,
  RecoveryBanner,
} from './notices';
import { SetupBanner } from '../setup/prepare-engine';
import { TopBar } from './top-bar';
import { WORKSPACES } from './workspaces';
import './app.css';

function useFollowers(): void {
  const connection = useConnection((state) => state.state);
  useEffect(() => {
    const ends = [
      followForCompilation(),
      followForAutosave(),
      followSources(),
      followMachine(),
      followForCalibration(),
      followRuns(),
    ];
    return () => ends.forEach((end) => end());
  }, []);
  useEffect(() => {
    if (connection !== 'open') return;
    void askAboutMachine();
    void loadRunOrder();
    void showFirstView();
  }, [connection]);
}

function useWindowTitle(): void {
  const name = useProject((state) => state.project?.name);
  useEffect(() => {
    document.title = name ? `${name} – Axonry` : 'Axonry';
  }, [name]);
}

export function App() {
  useFollowers();
  useWindowTitle();
  useKeyboard();
  useDesktop();
  const dropping = useDroppedFiles();
  const workspace = useProject((state) => (state.project ? state.workspace : 'start'));
  const Workspace = WORKSPACES[workspace];
  return (
    <div className="app" data-dropping={dropping || undefined}>
      <TopBar />
      <div className="banners">
        <ConnectionBanner />
        <ProblemBanner />
        {workspace !== 'start' && <SetupBanner />}
        <RecoveredBanner />
        <RecoveryBanner />
        <AlsoOpenBanner />
      </div>
      <div className="workspace" data-workspace={workspace}>
        <Workspace />
      </div>
      <Confirmation />
      <Dialogs />
    </div>
  );
}
