/** Owns what the blocks have in common that join any number of tensors of one shape, value by value. */
import { defineBlock } from '../block';
import { mergePorts } from '../ports';
import { written, type Words } from '../words';
import { alike } from './alike';

interface MergeWords extends Words {
  /** Why the shapes must agree. */
  why: string;
  formula: string;
}

/** `Shapes: …` of every block whose sizes `alike` decides. */
export const ALIKE_SHAPES =
  'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.';

export const valueByValue = (type: string, { why, formula, help, ...words }: MergeWords) =>
  defineBlock({
    ...written(type, { ...words, help: [formula, ALIKE_SHAPES, ...help] }),
    category: 'Merge',
    parameters: {},
    ports: () => mergePorts,
    caption: () => '',
    behaviour: {
      kind: 'layer',
      affine: false,
      infer: (inputs) => alike(type, why, inputs),
      keras: () => ({ class_name: type, config: {} }),
      activation: () => null,
    },
  });
