/** The findings of merge blocks that have too few or too many inputs. */
import type { InputShape } from '../block';
import { refuse, type Refusal } from '../inference';

export const needsTwo = (title: string): Refusal =>
  refuse({
    code: 'graph/missing-input',
    port: 'inputs',
    message: `${title} has one input; it needs at least two.`,
    why: 'There is nothing to merge yet: wire another output of the same shape to it.',
  });

export const onlyTwo = (title: string, inputs: readonly InputShape[]): Refusal =>
  refuse({
    code: 'graph/too-many-inputs',
    port: 'inputs',
    message: `${title} has ${inputs.length} inputs; it takes two.`,
    why: `Only the first two would have a meaning; ${inputs[inputs.length - 1].from} came last.`,
  });
