/** The workspaces by name. */
import type { ComponentType } from 'react';
import { ExamineWorkspace } from '../analysis/examine-workspace';
import { StartWorkspace } from '../start/start-workspace';
import type { Workspace } from '../state/project-store';
import { TrainWorkspace } from '../training/train-workspace';
import { BuildWorkspace } from './build/build-workspace';

export const WORKSPACES: Record<Workspace, ComponentType> = {
  start: StartWorkspace,
  build: BuildWorkspace,
  train: TrainWorkspace,
  examine: ExamineWorkspace,
};

/** Those in the switch of the top bar. Start is reached by the mark at the left. */
export const TABS: readonly { workspace: Workspace; title: string }[] = [
  { workspace: 'build', title: 'Build' },
  { workspace: 'train', title: 'Train' },
  { workspace: 'examine', title: 'Examine' },
];
