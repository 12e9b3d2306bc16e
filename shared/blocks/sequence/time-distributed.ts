/** TimeDistributed: one layer, with one set of weights, on every step of a sequence. */
import { shapeText } from '../../compiler/shape';
import { activationParameter } from '../activation/functions';
import { defineBlock, type AnyBlockDefinition } from '../block';
import { conv2d } from '../convolution/conv2d';
import { dense } from '../core/dense';
import { flatten } from '../tensor/flatten';
import { refuse, timesText } from '../inference';
import { globalAveragePooling2d } from '../pooling/global-average-pooling2d';
import { maxPooling2d } from '../pooling/max-pooling2d';
import { layerPorts } from '../ports';
import { nestedConfig, nestedLayer, type Nested } from './nested';

const inner: Readonly<
  Record<'Dense' | 'Conv2D' | 'MaxPooling2D' | 'GlobalAveragePooling2D' | 'Flatten', AnyBlockDefinition>
> = {
  Dense: dense,
  Conv2D: conv2d,
  MaxPooling2D: maxPooling2d,
  GlobalAveragePooling2D: globalAveragePooling2d,
  Flatten: flatten,
};
/** Strides are those of the filter; pooling moves by its window. */
function nestedIn({
  layer,
  strides,
  ...given
}: Readonly<Record<string, unknown>> & { layer: keyof typeof inner; strides: readonly number[] }): Nested {
  return nestedLayer(inner[layer], layer === 'Conv2D' ? { ...given, strides } : given);
}
const forConv2d = { parameter: 'layer', is: ['Conv2D'] } as const;

export const timeDistributed = defineBlock({
  type: 'TimeDistributed',
  version: 1,
  title: 'TimeDistributed',
  category: 'Sequence',
  search: ['every step', 'per step', 'many to many', 'video', 'frames', 'wrapper', 'sequence'],
  summary: 'Uses one layer on every step of a sequence, with the same weights each time.',
  help: [
    'Each step goes through the chosen layer as if it were a sample of its own; the results stand in the same order. The layer has one set of weights, however many steps there are.',
    'Shapes: `[batch, 28, 128]` with Dense and 10 units → `[batch, 28, 10]`; a film `[batch, 16, 64, 64, 3]` with Conv2D and 8 filters of 3 × 3 → `[batch, 16, 62, 62, 8]`.',
    'Typical mistake: putting it around Dense without need. Dense alone already works on the last axis of a sequence and computes the same.',
  ].join('\n\n'),
  formula: 'y[t] = layer(x[t]) for every step t',
  source: 'Keras documentation, TimeDistributed layer',
  parameters: {
    layer: { kind: 'choice', default: 'Dense', options: ['Dense', 'Conv2D', 'MaxPooling2D', 'GlobalAveragePooling2D', 'Flatten'], help: 'The layer that each step goes through.' },
    units: { kind: 'integer', default: 32, min: 1, max: 1_000_000, help: 'Number of outputs.', when: { parameter: 'layer', is: ['Dense'] } },
    filters: { kind: 'integer', default: 32, min: 1, max: 100_000, help: 'Number of patterns that are looked for.', when: forConv2d },
    kernel_size: { kind: 'integers', default: [3, 3], length: 2, min: 1, max: 1000, help: 'Height and width of a filter.', unit: 'pixels', when: forConv2d },
    strides: { kind: 'integers', default: [1, 1], length: 2, min: 1, max: 1000, help: 'How far the filter moves.', when: forConv2d },
    pool_size: { kind: 'integers', default: [2, 2], length: 2, min: 1, max: 1000, help: 'Height and width of the window.', unit: 'pixels', when: { parameter: 'layer', is: ['MaxPooling2D'] } },
    padding: { kind: 'choice', default: 'valid', options: ['valid', 'same'], help: '`same` puts zeros around the picture, so that it keeps its size.', when: { parameter: 'layer', is: ['Conv2D', 'MaxPooling2D'] } },
    activation: { ...activationParameter, when: { parameter: 'layer', is: ['Dense', 'Conv2D'] } },
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ layer, units, filters, kernel_size }) =>
    layer === 'Dense'
      ? `Dense, ${units} ${units === 1 ? 'unit' : 'units'}`
      : layer === 'Conv2D'
        ? `Conv2D, ${filters} × ${timesText(kernel_size)}`
        : layer,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], values) {
      const [batch, steps, ...rest] = input.shape;
      if (rest.length === 0)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `TimeDistributed expects [batch, steps, …]; it gets ${shapeText(input.shape)} from ${input.from}.`,
          why: 'There are no steps for the layer to go through one by one.',
          fixes: [
            { label: 'Switch return_sequences on', kind: 'set-before', port: 'input', name: 'return_sequences', value: true },
            { label: 'Remove Flatten', kind: 'remove-before', port: 'input', types: ['Flatten'] },
          ],
        }); // prettier-ignore
      const nested = nestedIn(values);
      const step = nested.behaviour.infer([{ ...input, shape: [batch, ...rest] }], nested.values);
      if (!step.ok) {
        const message = `TimeDistributed, at every step: ${step.finding.message}`;
        return { ok: false, finding: { ...step.finding, message, fixes: [] } };
      }
      const { shape, weights, multiplyAdds } = step.value;
      const value = {
        shape: [batch, steps, ...shape.slice(1)],
        weights,
        multiplyAdds: (steps ?? 1) * multiplyAdds,
      };
      return { ok: true, value };
    },
    keras(values) {
      const nested = nestedIn(values);
      return {
        class_name: 'TimeDistributed',
        config: { layer: nestedConfig(nested.behaviour.keras(nested.values)) },
      };
    },
    activation: ({ layer, activation }) =>
      (layer === 'Dense' || layer === 'Conv2D') && activation !== 'linear' ? activation : null,
  },
});
