/** Owns what pooling along sequences shares: parameters, size rule, config, caption. */
import { noSequence, slideAlong } from '../convolution/sequence';
import type { InferenceResult, InputShape } from '../block';
import { weightless } from '../inference';
import type { Parameters, ValuesOf } from '../parameter';

export const pool1dParameters = {
  pool_size: {
    kind: 'integers',
    default: [2],
    length: 1,
    min: 1,
    help: 'Length of the window.',
    unit: 'steps',
  },
  strides: {
    kind: 'integers',
    default: [],
    length: 1,
    min: 1,
    emptyMeans: 'the pool size',
    help: 'How far the window moves from one position to the next; empty means by its own length.',
    unit: 'steps',
  },
  padding: {
    kind: 'choice',
    default: 'valid',
    options: ['valid', 'same'],
    help: '`valid`: the window stays inside the sequence. `same`: it may reach over the end.',
  },
} as const satisfies Parameters;

type Values = ValuesOf<typeof pool1dParameters>;
const strideOf = ({ strides, pool_size }: Values) => (strides.length === 0 ? pool_size[0] : strides[0]);

export function inferPool1d(title: string, input: InputShape, values: Values): InferenceResult {
  const wrong = noSequence(title, input);
  if (wrong) return wrong;
  const slid = slideAlong(`Pool ${values.pool_size[0]}`, 'pool_size', input, {
    size: values.pool_size[0],
    stride: strideOf(values),
    dilation: 1,
    padding: values.padding,
  });
  return slid.ok ? weightless([input.shape[0], slid.steps, input.shape[2]], 0, slid.findings) : slid;
}

export const pool1dConfig = (values: Values) => ({
  pool_size: [...values.pool_size],
  strides: [strideOf(values)],
  padding: values.padding,
  data_format: 'channels_last',
});

export const pool1dCaption = ({ pool_size }: Values) => `pool ${pool_size[0]}`;
