/** Owns the parts of MobileNet-v2: many channels between two narrow ends (Sandler et al. 2018, figure 4). */
import type { Endpoint } from '../../document/document';
import { chainPart, type Sketch } from '../sketch';

const relu6 = (s: Sketch, from: Endpoint) =>
  s.chain(from, 'BatchNormalization', ['Activation', { activation: 'relu6' }]);

function inverted(s: Sketch, input: Endpoint, expanded: number, filters: number): Endpoint {
  const expand = s.add(
    'Conv2D',
    { filters: expanded, kernel_size: [1, 1], use_bias: false },
    input,
    'expand',
  );
  const depthwise = s.add(
    'DepthwiseConv2D',
    { padding: 'same', use_bias: false },
    relu6(s, expand),
    'depthwise',
  );
  const project = s.add(
    'Conv2D',
    { filters, kernel_size: [1, 1], use_bias: false },
    relu6(s, depthwise),
    'project',
  );
  return s.add('BatchNormalization', {}, project);
}

export const invertedResidual = chainPart(
  'inverted_residual',
  'Inverted residual',
  'Six times as many channels, a depthwise convolution, back to few, added to what came in (MobileNet-v2).',
  { filters: [['project', 'filters'], ['expand', 'filters', 6]] },
  (s, input) => s.add('Add', {}, [inverted(s, input, 144, 24), input]),
); // prettier-ignore

export const invertedProjection = chainPart(
  'inverted_projection',
  'Inverted projection',
  'An inverted residual block that changes size or channels, so that nothing is added.',
  {
    expanded: [['expand', 'filters']],
    filters: [['project', 'filters']],
    strides: [['depthwise', 'strides']],
  },
  (s, input) => inverted(s, input, 96, 24),
);
