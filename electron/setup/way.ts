/** What every way of filling a native folder is given and gives. */
import type { Result } from '../../shared/result';
import type { SetupProgress } from '../../shared/protocol/setup';
import type { TensorFlowBuild } from './versions';

export interface WayContext {
  build: TensorFlowBuild;
  /** An empty folder that becomes the native folder when the way succeeds. */
  folder: string;
  /** Room for what is only needed meanwhile; removed afterwards. */
  scratch: string;
  /** Kept until a folder is complete, so that a broken download goes on. */
  downloads: string;
  signal?: AbortSignal;
  onProgress: (progress: SetupProgress) => void;
}

export type FillFolder = (context: WayContext) => Promise<Result<void>>;
