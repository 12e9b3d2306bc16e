/** Owns what the cost view tells of a block: its share of the weights, the arithmetic, the memory, or the time. */
import type { BlockResult } from '../../shared/compiler/compilation';
import type { Plan } from '../../shared/compiler/plan';
import { useCompilation } from '../state/compilation';
import { useMachine } from '../state/machine-store';
import { useProject } from '../state/project-store';
import { useRuns } from '../state/runs-store';
import { figureText, shareText, shortCountText, sizeText } from '../ui/numbers';
import { estimatedOf, measuredIn, type Times } from './times';

export const HEATS = {
  multiplyAdds: 'Multiply-adds',
  parameters: 'Weights',
  memory: 'Memory',
  estimated: 'Estimated time',
  measured: 'Measured time',
} as const;
export type Heat = keyof typeof HEATS;

type Timed = 'estimated' | 'measured';
type Counted = Exclude<Heat, Timed>;

const isTimed = (heat: Heat): heat is Timed => heat === 'estimated' || heat === 'measured';

const OF_BLOCK: Record<Counted, (result: BlockResult) => number> = {
  multiplyAdds: ({ multiplyAdds }) => multiplyAdds,
  parameters: ({ parameters }) => parameters,
  memory: ({ outputBytes }) => outputBytes,
};
const OF_ALL: Record<Counted, (totals: Plan['totals']) => number> = {
  multiplyAdds: ({ multiplyAdds }) => multiplyAdds,
  parameters: ({ parameters }) => parameters,
  memory: ({ activationBytes }) => activationBytes,
};

const amountText = (heat: Heat, amount: number): string => {
  switch (heat) {
    case 'multiplyAdds':
    case 'parameters':
      return shortCountText(amount);
    case 'memory':
      return sizeText(amount);
    case 'estimated':
    case 'measured':
      return `${figureText(Number(amount.toPrecision(2)))}\u2009ms`;
  }
};

const useTimes = (heat: Heat | null): Times | null => {
  const measured = useRuns(({ shown, events }) =>
    heat === 'measured' && shown !== null && events[shown] !== undefined ? measuredIn(events[shown]) : null,
  );
  const plan = useCompilation((state) => (heat === 'estimated' ? state.plan : null));
  const calibration = useMachine((state) => state.calibration);
  return plan && calibration ? estimatedOf(plan, calibration) : measured;
};

/** Of a block that has all of the cost; the legend ends there. */
const STRONGEST_TINT = 0.35;

export interface BlockHeat {
  /** Of the whole network. */
  share: number;
  /** Opacity: the root of the share, so that deep networks with small shares still differ. */
  tint: number;
  text: string;
}

/** Only the cost view compares with the whole: otherwise every edit would draw every block again. */
export function useBlockHeat(id: string, heat: Heat | null): BlockHeat | null {
  const result = useCompilation((state) => state.blocks[id]);
  const counted = heat === null || isTimed(heat) ? null : heat;
  const total = useCompilation((state) => (counted === null ? 0 : OF_ALL[counted](state.totals)));
  const times = useTimes(heat);
  const path = useProject(({ opened }) => [...opened, id].join('/'));
  if (heat === null || !result) return null;
  if (counted !== null) return heatOf(counted, OF_BLOCK[counted](result), total);
  if (times === null)
    return { share: 0, tint: 0, text: heat === 'measured' ? 'not measured' : 'not known yet' };
  return heatOf(heat, times.byPath.get(path) ?? 0, times.whole);
}

function heatOf(heat: Heat, amount: number, total: number): BlockHeat {
  const share = total > 0 ? amount / total : 0;
  const tint = STRONGEST_TINT * Math.sqrt(share);
  if (amount === 0) return { share, tint, text: 'no cost' };
  const text = amountText(heat, amount);
  // A small block has no room for a share that says nothing.
  return { share, tint, text: share < 0.01 ? text : `${text} (${shareText(amount, total)})` };
}

/** What the tint means. */
export function useHeatLegend(heat: Heat): string {
  const totals = useCompilation((state) => state.totals);
  const times = useTimes(heat);
  switch (heat) {
    case 'multiplyAdds':
      return `Share of ${amountText(heat, totals.multiplyAdds)} multiply-adds per sample`;
    case 'parameters':
      return `Share of ${amountText(heat, totals.parameters)} weights`;
    case 'memory':
      return `Share of ${amountText(heat, totals.activationBytes)} activations per sample`;
    case 'measured':
      return times === null
        ? 'Nothing measured yet: run the network, then press Profile in Train'
        : timesText(times);
    case 'estimated':
      return times === null
        ? 'Not known yet: the network has errors, or this computer has not been measured'
        : timesText(times, 'about ');
  }
}

const timesText = ({ whole, batchSize, trainer }: Times, how = ''): string =>
  `Share of ${how}${amountText('measured', whole)} forward and backward, batch of ${batchSize}` +
  (trainer === undefined ? '' : `, turn of ${trainer}`);
