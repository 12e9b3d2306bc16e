/** Owns what a person looks at in Examine: part, epoch, cell, order, sample. Kept while another workspace shows. */
import { create } from 'zustand';
import type { Part } from '../../shared/document/facts';
import type { HostParams } from '../../shared/protocol/host-api';
import type { CellChoice } from './matrix-text';

export type SampleOrder = HostParams<'cell'>['order'];

export interface ExamineState {
  /** The run that the rest of the choice is about. */
  run: string | null;
  /** null: the part that opens first. */
  part: Part | null;
  /** null: the newest while the run goes on, then the kept one. */
  epoch: number | null;
  playing: boolean;
  cell: CellChoice;
  order: SampleOrder;
  /** Row of the sample that shows larger. */
  sample: number | null;
  values: 'counts' | 'shares';
  /** Of a network that makes pictures and names classes, too. */
  view: 'pictures' | 'matrix';
}

export const anyMistake: CellChoice = { trueClass: null, predictedClass: null };

const fresh = {
  part: null,
  epoch: null,
  playing: false,
  cell: anyMistake,
  order: 'confident',
  sample: null,
} as const;

export const useExamine = create<ExamineState>(() => ({
  ...fresh,
  run: null,
  values: 'counts',
  view: 'pictures',
}));

/** Another run has other epochs and maybe other classes: nothing of the choice may survive. */
export function lookAtRun(run: string | null): void {
  if (useExamine.getState().run !== run) useExamine.setState({ ...fresh, run });
}

export const lookAtPart = (part: Part): void =>
  useExamine.setState({ part, epoch: null, playing: false, sample: null });

export const lookAtEpoch = (epoch: number | null): void => useExamine.setState({ epoch, sample: null });

/** Mistakes are sorted by how sure the network was; what was read right, by how unsure. */
export function lookAtCell(cell: CellChoice): void {
  useExamine.setState({ cell, sample: null });
}

export const sameCell = (a: CellChoice, b: CellChoice): boolean =>
  a.trueClass === b.trueClass && a.predictedClass === b.predictedClass;
