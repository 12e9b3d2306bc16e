/** Owns what the layers share that show each picture a little changed every time while training. */
import { noSpace, SPACES } from '../convolution/space';
import type { Json } from '../../document/document';
import { defineBlock, type AnyBlockDefinition } from '../block';
import { weightless } from '../inference';
import type { ChoiceParameter, NumberParameter, NumbersParameter, Parameters, ValuesOf } from '../parameter';
import { layerPorts } from '../ports';
import { written } from '../words';

/** Two bounds; each picture gets a number between them. A single number n means −n to n. */
export const between = (low: number, high: number, help: string, more: Partial<NumbersParameter> = {}) =>
  ({ kind: 'numbers', default: [low, high], length: 2, help, ...more }) as const;

/** Keras' default is 0 to 255; here pictures are mostly scaled to 0 to 1 before they get to a layer. */
export const valueRange = between(
  0,
  1,
  'The least and the greatest value of a picture: [0, 1], or [0, 255] where it is not scaled. Results are cut off there.',
);

export const FILL_MODES = ['reflect', 'wrap', 'constant', 'nearest'] as const;
export const fillParameters = {
  fill_mode: {
    kind: 'choice',
    default: 'reflect',
    options: FILL_MODES,
    help: 'What appears where the picture has moved away: its mirror image, its other side, `fill_value`, or its edge.',
  } as const satisfies ChoiceParameter<(typeof FILL_MODES)[number]>,
  interpolation: {
    kind: 'choice',
    default: 'bilinear',
    options: ['bilinear', 'nearest'],
    help: '`bilinear` blends neighbours; `nearest` takes the nearest pixel.',
    advanced: true,
  } as const,
  fill_value: {
    kind: 'number',
    default: 0,
    help: 'The value outside of the picture.',
    when: { parameter: 'fill_mode', is: ['constant'] },
  } as const satisfies NumberParameter,
} as const;

/** `−10 to 10 %`, or `10 %` where both bounds are the same. */
export const percentText = ([low, high]: readonly number[]): string => {
  const percent = (share: number) => `${Math.round(share * 1000) / 10}`.replace('-', '−');
  return low === high ? `${percent(low)} %` : `${percent(low)} to ${percent(high)} %`;
};

export const ONLY_IN_TRAINING =
  'In evaluation and prediction nothing is changed. The random numbers are named by seed, block and step, so that a run can be repeated and resumed exactly.';

export const augmentationWords = ['augmentation', 'data augmentation', 'random', 'picture', 'overfitting'];

/** What such a layer says of itself. */
interface Augmentation<P extends Parameters> extends Pick<
  AnyBlockDefinition,
  'type' | 'search' | 'summary' | 'source' | 'formula'
> {
  /** How a picture changes in training. */
  change: string;
  /** What is to be known of its settings, or an empty text. */
  settings?: string;
  /** The typical mistake, after these words. */
  mistake: string;
  parameters: P;
  caption: (values: ValuesOf<P>) => string;
  config: (values: ValuesOf<P>) => Record<string, Json>;
}

/** A layer that changes pictures in training and leaves their shape. */
export const defineAugmentation = <const P extends Parameters>({
  type,
  change,
  settings,
  mistake,
  search,
  parameters,
  caption,
  config,
  ...words
}: Augmentation<P>): AnyBlockDefinition =>
  defineBlock<P>({
    ...written(type, {
      ...words,
      search: [...augmentationWords, ...search],
      help: [
        `In training ${change} ${ONLY_IN_TRAINING}`,
        [
          'The shape `[batch, height, width, channels]` does not change and there are no weights.',
          ...(settings === undefined ? [] : [settings]),
        ].join(' '),
        `Typical mistake: ${mistake}`,
      ],
    }),
    category: 'Augmentation',
    parameters,
    ports: () => layerPorts,
    caption,
    behaviour: {
      kind: 'layer',
      affine: true,
      infer: ([input]) => noSpace(SPACES[2], type, input) ?? weightless(input.shape),
      keras: (values) => ({ class_name: type, config: config(values) }),
      activation: () => null,
    },
  });
