/** Owns what every convolution asks of its strides and of the gaps in its filters. */
import { refuse, timesText, type Refusal } from '../inference';

interface Moves {
  strides: readonly number[];
  dilation_rate: readonly number[];
}

/** Keras refuses strides together with gaps. */
export const stridesWithGaps = (title: string, { strides, dilation_rate }: Moves): Refusal | null =>
  Math.max(...strides) === 1 || Math.max(...dilation_rate) === 1
    ? null
    : refuse({
        code: 'block/parameter',
        message: `${title} has strides ${timesText(strides)} and dilation_rate ${timesText(dilation_rate)}; one of them must be 1.`,
        why: 'Strides together with gaps in the filter are not defined in Keras.',
        fixes: [
          {
            label: 'Set dilation_rate to 1',
            kind: 'set-param',
            name: 'dilation_rate',
            value: dilation_rate.map(() => 1),
          },
        ],
      });
