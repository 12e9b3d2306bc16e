/** Owns what blocks share that use the weights of another one. */
import { refuse, type Refusal } from '../inference';
import type { BlocksParameter } from '../parameter';

export const lenderParameter = (help: string) =>
  ({ kind: 'blocks', default: null, single: true, help }) as const satisfies BlocksParameter;

export const noLender = (title: string): Refusal =>
  refuse({
    code: 'block/parameter',
    message: `${title} needs a layer whose weights it uses; choose one that has some and is not behind it.`,
    why: 'It has no weights of its own to work with.',
  });
