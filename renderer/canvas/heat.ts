/** Owns what the cost view tells of a block: its share of the weights, the arithmetic, the memory, or the measured time. */
import type { BlockResult } from '../../shared/compiler/compilation';
import { drawnPath } from '../../shared/compiler/outward';
import type { Plan } from '../../shared/compiler/plan';
import type { Examination, RunEvent } from '../../shared/protocol/run';
import { useCompilation } from '../state/compilation';
import { useProject } from '../state/project-store';
import { useRuns } from '../state/runs-store';
import { figureText, shareText, shortCountText, sizeText } from '../ui/numbers';

export const HEATS = {
  multiplyAdds: 'Multiply-adds',
  parameters: 'Weights',
  memory: 'Memory',
  measured: 'Measured time',
} as const;
export type Heat = keyof typeof HEATS;

type Counted = Exclude<Heat, 'measured'>;

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
    case 'measured':
      return `${figureText(Number(amount.toPrecision(2)))}\u2009ms`;
  }
};

/** What a look into a step measured. */
interface Measured {
  /** Whose turn it was, where Train blocks take turns. */
  trainer: string | undefined;
  batchSize: number;
  whole: number;
  /** Milliseconds forward and backward by drawn path; a composite block has the sum of what lies in it. */
  byPath: ReadonlyMap<string, number>;
}

function measuredOf({ trainer, blocks, batchSize }: Examination): Measured {
  const byPath = new Map<string, number>();
  let whole = 0;
  for (const { block, forward, backward } of blocks) {
    whole += forward + backward;
    const parts = drawnPath(block).split('/');
    parts.forEach((_, i) => {
      const path = parts.slice(0, i + 1).join('/');
      byPath.set(path, (byPath.get(path) ?? 0) + forward + backward);
    });
  }
  return { trainer, batchSize, whole, byPath };
}

const known = new WeakMap<readonly RunEvent[], Measured | null>();

/** The last look in these events; null where none was taken. */
export function measuredIn(events: readonly RunEvent[]): Measured | null {
  const before = known.get(events);
  if (before !== undefined) return before;
  const last = events.filter((event) => event.type === 'examined').at(-1);
  const measured = last === undefined ? null : measuredOf(last);
  known.set(events, measured);
  return measured;
}

const useMeasured = (heat: Heat | null): Measured | null =>
  useRuns(({ shown, events }) =>
    heat === 'measured' && shown !== null && events[shown] !== undefined ? measuredIn(events[shown]) : null,
  );

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
  const counted = heat === null || heat === 'measured' ? null : heat;
  const total = useCompilation((state) => (counted === null ? 0 : OF_ALL[counted](state.totals)));
  const measured = useMeasured(heat);
  const path = useProject(({ opened }) => [...opened, id].join('/'));
  if (heat === null || !result) return null;
  if (counted !== null) return heatOf(counted, OF_BLOCK[counted](result), total);
  if (measured === null) return { share: 0, tint: 0, text: 'not measured' };
  return heatOf('measured', measured.byPath.get(path) ?? 0, measured.whole);
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
  const measured = useMeasured(heat);
  switch (heat) {
    case 'multiplyAdds':
      return `Share of ${amountText(heat, totals.multiplyAdds)} multiply-adds per sample`;
    case 'parameters':
      return `Share of ${amountText(heat, totals.parameters)} weights`;
    case 'memory':
      return `Share of ${amountText(heat, totals.activationBytes)} activations per sample`;
    case 'measured':
      return measured === null
        ? 'Nothing measured yet: run the network, then press Profile in Train'
        : measuredText(measured);
  }
}

const measuredText = ({ whole, batchSize, trainer }: Measured): string =>
  `Share of ${amountText('measured', whole)} forward and backward, batch of ${batchSize}` +
  (trainer === undefined ? '' : `, turn of ${trainer}`);
