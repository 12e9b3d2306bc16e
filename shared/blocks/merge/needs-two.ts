/** The finding of merge blocks that have too few inputs. */
import { refuse, type Refusal } from '../inference';

export const needsTwo = (title: string): Refusal =>
  refuse({
    code: 'graph/missing-input',
    port: 'inputs',
    message: `${title} has one input; it needs at least two.`,
    why: 'There is nothing to merge yet: wire another output of the same shape to it.',
  });
