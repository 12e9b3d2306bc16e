/** Owns what a training run is given from outside. */
import type { Plan } from '../../../shared/compiler/plan';
import type { TrainRequests } from '../../../shared/protocol/engine';
import type { Report, RunEvent } from '../../../shared/protocol/run';
import type { PreparedSet } from '../../data/preparation/prepare';
import type { RowClasses } from '../pictures/draw';
import type { RunControl } from './control';

export interface TrainingRun {
  plan: Plan;
  /** Made for `planUses(plan)`. */
  prepared: PreparedSet;
  /** Of the rows of the source, for views that colour by class. */
  classes?: RowClasses | null;
  /** Sets initial weights, shuffling and dropout. */
  seed: number;
  /** Absolute folder of the run; its files are RUN_FILES. */
  folder: string;
  /** A checkpoint file to continue from. */
  checkpoint?: string;
  /** Of memory; what the machine has where it is left out. */
  availableBytes?: number;
  /** Whether it looks into a step after each epoch; by what it costs where it is left out. */
  examine?: 'always' | 'never';
  /** Each stage is looked into thoroughly once; with `only` it ends then. */
  profile?: TrainRequests['train']['profile'];
  engine: Omit<Report['engine'], 'step'>;
  emit: (event: RunEvent) => void;
  control: RunControl;
}
