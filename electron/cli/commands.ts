/** All commands, in the order in which they are listed. */
import type { Command } from './command';
import { blocks } from './commands/blocks';
import { check } from './commands/check';
import { data } from './commands/data';
import { doctor } from './commands/doctor';
import { evaluate } from './commands/evaluate';
import { exportModel } from './commands/export';
import { newProject } from './commands/new';
import { profile } from './commands/profile';
import { runs } from './commands/runs';
import { serve } from './commands/serve';
import { templates } from './commands/templates';
import { train } from './commands/train';

export const commands: readonly Command[] = [
  check,
  train,
  evaluate,
  profile,
  exportModel,
  newProject,
  blocks,
  templates,
  data,
  runs,
  serve,
  doctor,
];
