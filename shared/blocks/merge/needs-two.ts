/** The finding of a merge block that has only one input. */
import type { InferenceResult } from '../block';
import { refuse } from '../inference';

export const needsTwo = (title: string): InferenceResult =>
  refuse({
    code: 'graph/missing-input',
    port: 'inputs',
    message: `${title} has one input; it needs at least two.`,
    why: 'There is nothing to merge yet: wire another output of the same shape to it.',
  });
