/** Owns what the pooling blocks share: parameters, size rule, caption. */
import type { InferenceResult, InputShape } from '../block';
import { timesText, weightless, wrongRank } from '../inference';
import type { Parameters, ValuesOf } from '../parameter';
import { channelsFirst, paddingParameter, pictureFixes, slide } from '../convolution/window';

export const poolParameters = {
  pool_size: {
    kind: 'integers',
    default: [2, 2],
    length: 2,
    min: 1,
    help: 'Height and width of the window.',
    unit: 'pixels',
  },
  strides: {
    kind: 'integers',
    default: [],
    length: 2,
    min: 1,
    emptyMeans: 'the pool size',
    help: 'How far the window moves from one position to the next; empty means by its own size.',
    unit: 'pixels',
  },
  padding: paddingParameter,
} as const satisfies Parameters;

type PoolValues = ValuesOf<typeof poolParameters>;

const stridesOf = ({ strides, pool_size }: PoolValues) => (strides.length === 0 ? pool_size : strides);

export function inferPool(title: string, input: InputShape, values: PoolValues): InferenceResult {
  if (input.shape.length !== 4)
    return wrongRank(
      title,
      '[batch, height, width, channels]',
      input,
      'The window slides over rows and columns, so both must still be there.',
      pictureFixes(input.shape),
    );
  const slid = slide(`Pool ${timesText(values.pool_size)}`, 'pool_size', input, {
    size: values.pool_size,
    strides: stridesOf(values),
    dilation: [1, 1],
    padding: values.padding,
  });
  if (!slid.ok) return slid;
  const findings = [...channelsFirst(title, input), ...slid.findings];
  return weightless([input.shape[0], slid.height, slid.width, input.shape[3]], 0, findings);
}

export const poolConfig = (values: PoolValues) => ({
  pool_size: [...values.pool_size],
  strides: [...stridesOf(values)],
  padding: values.padding,
  data_format: 'channels_last',
});

export const poolCaption = ({ pool_size }: PoolValues) => `pool ${timesText(pool_size)}`;
