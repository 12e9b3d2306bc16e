/** What stands beside the matrix: samples, classes and, for a network that reads two numbers, the plane. */
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import type { Plane } from '../../shared/protocol/evaluation';
import type { HostParams } from '../../shared/protocol/host-api';
import type { Confusion } from '../../shared/protocol/run';
import { host } from '../state/host';
import { useAsked, type Asked } from './asked';
import type { CellQuestion } from './cell-samples';
import { ClassesPanel } from './classes-panel';
import type { CellChoice } from './matrix-text';
import { PlanePanel } from './plane-panel';
import { SamplesPanel } from './samples-panel';

const NARROW = '(max-width: 1180px)';
const TITLES = { plane: 'Plane', samples: 'Samples', classes: 'Classes' } as const;
type View = keyof typeof TITLES;

const askPlane = (question: HostParams<'plane'>) => host.plane(question);

function PlaneView({ asked, cell }: { asked: Asked<Plane | null>; cell: CellChoice }) {
  if (asked.state === 'answered' && asked.value) return <PlanePanel plane={asked.value} cell={cell} />;
  return (
    <p className="examine-note s12 ink2" role={asked.state === 'failed' ? 'alert' : 'status'}>
      {asked.state === 'failed' && asked.problem.message}
    </p>
  );
}

interface BesideMatrixProps {
  confusion: Confusion;
  cell: CellChoice;
  /** As `600 validation samples`. */
  part: string;
  samples: CellQuestion;
  plane: HostParams<'plane'>;
  playing: boolean;
  /** Changes when the kept weights do. */
  weights: string;
}

export function BesideMatrix({ confusion, cell, part, samples, plane, playing, weights }: BesideMatrixProps) {
  const [chosen, setChosen] = useState<View | null>(null);
  const [hasPlane, setHasPlane] = useState(false);
  const asked = useAsked(playing ? null : plane, askPlane, weights);
  if (!hasPlane && asked.state === 'answered' && asked.value) setHasPlane(true);
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false });
  const views: View[] = [
    ...(hasPlane ? ['plane' as const] : []),
    'samples',
    ...(narrow ? ['classes' as const] : []),
  ];
  const shown = chosen && views.includes(chosen) ? chosen : views[0];
  const classes = <ClassesPanel confusion={confusion} />;
  return (
    <>
      <div className="examine-tabs">
        {views.length > 1 && (
          <div className="seg" role="group" aria-label="Beside the matrix">
            {views.map((view) => (
              <button key={view} type="button" aria-pressed={view === shown} onClick={() => setChosen(view)}>
                {TITLES[view]}
              </button>
            ))}
          </div>
        )}
        {shown === 'plane' && <PlaneView asked={asked} cell={cell} />}
        {shown === 'samples' && (
          <SamplesPanel confusion={confusion} cell={cell} part={part} question={playing ? null : samples} />
        )}
        {shown === 'classes' && classes}
      </div>
      {!narrow && classes}
    </>
  );
}
