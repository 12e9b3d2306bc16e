/** Build: palette, canvas, inspector, problems, totals. */
import { PanelRight } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { Canvas } from '../../canvas/canvas';
import { Inspector } from '../../inspector/inspector';
import { PlacingGhost } from '../../palette/ghost';
import { Palette, PaletteRail } from '../../palette/palette';
import { useBuildLayout } from '../../state/build-layout';
import { useProject } from '../../state/project-store';
import { useCommands } from '../keyboard';
import { ProblemsPanel } from './problems-panel';
import { TotalsBar } from './totals-bar';
import './build.css';

/** In a narrow window a selection opens the inspector over the canvas. */
function useOverlay(): void {
  useEffect(
    () =>
      useProject.subscribe((now, before) => {
        if (now.selection !== before.selection && useBuildLayout.getState().narrow)
          useBuildLayout.setState({ inspectorOpen: now.selection.blocks.length > 0 });
      }),
    [],
  );
}

const toggleInspector = () =>
  useBuildLayout.setState(({ inspectorOpen }) => ({ inspectorOpen: !inspectorOpen }));

export function BuildWorkspace() {
  const { narrow, inspectorOpen } = useBuildLayout();
  useOverlay();
  useCommands(useMemo(() => ({ inspector: toggleInspector }), []));
  return (
    <div className="build" data-narrow={narrow || undefined}>
      {narrow ? <PaletteRail /> : <Palette />}
      <Canvas />
      {!narrow && <Inspector />}
      {narrow && inspectorOpen && (
        <div className="inspector-overlay">
          <Inspector />
        </div>
      )}
      {narrow && !inspectorOpen && (
        <button
          type="button"
          className="btn icon inspector-tab"
          aria-label="Inspector"
          title="Inspector (I)"
          onClick={toggleInspector}
        >
          <PanelRight size={16} strokeWidth={1.5} aria-hidden />
        </button>
      )}
      <ProblemsPanel />
      <TotalsBar />
      <PlacingGhost />
    </div>
  );
}
