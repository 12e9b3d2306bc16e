/** What the blocks tell: the shapes, or what they cost; and the button that arranges them. */
import { Tooltip } from '@mantine/core';
import { ChartNoAxesColumn, Network } from 'lucide-react';
import { shortcutText } from '../app/commands';
import type { CanvasView } from './block-text';
import { showCanvas, useCanvas } from './canvas-store';
import { HEATS, useHeatLegend, type Heat } from './heat';
import { arrange } from './layout';

const icon = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const;

function ViewButton({ view, children }: { view: CanvasView; children: React.ReactNode }) {
  const on = useCanvas((state) => state.view === view);
  return (
    <button type="button" className="toggle" aria-pressed={on} onClick={() => showCanvas({ view })}>
      {children}
    </button>
  );
}

function HeatChoice() {
  const heat = useCanvas((state) => state.heat);
  const legend = useHeatLegend(heat);
  return (
    <div className="float heat-choice">
      <select
        aria-label="Cost that the blocks show"
        value={heat}
        onChange={(event) => showCanvas({ heat: event.currentTarget.value as Heat })}
      >
        {Object.entries(HEATS).map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <span className="heat-scale" aria-hidden />
      <span
        className="s11 ink2 num heat-legend"
        role="status"
        aria-label="What the tint means"
        title={legend}
      >
        {legend}
      </span>
    </div>
  );
}

export function ViewSwitch() {
  const isCost = useCanvas((state) => state.view === 'cost');
  return (
    <div className="canvas-bar">
      <div className="float" role="group" aria-label="What blocks show">
        <ViewButton view="shapes">Shapes</ViewButton>
        <ViewButton view="cost">
          <ChartNoAxesColumn {...icon} />
          Cost
        </ViewButton>
      </div>
      {isCost && <HeatChoice />}
      <div className="float">
        <Tooltip label={`Arrange the network from left to right (${shortcutText('layout')})`}>
          <button type="button" className="toggle" onClick={() => void arrange()}>
            <Network {...icon} />
            Arrange
          </button>
        </Tooltip>
      </div>
    </div>
  );
}
