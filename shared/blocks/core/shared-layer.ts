/** SharedLayer: a layer a second time, with the same weights. */
import { defineBlock, type InferenceResult, type InputShape, type Lender } from '../block';
import { refuse } from '../inference';
import { layerPorts } from '../ports';
import { lenderParameter, noLender } from './lender';

function infer(input: InputShape, lender: Lender | null): InferenceResult {
  if (lender === null) return noLender('SharedLayer');
  const again = lender.behaviour.infer([input], lender.values);
  if (!again.ok) return again;
  const shapes = (weights: readonly { shape: readonly number[] }[]) => weights.map(({ shape }) => shape.join()).join(';'); // prettier-ignore
  if (shapes(again.value.weights) === shapes(lender.weights))
    return { ok: true, value: { ...again.value, weights: [] } };
  return refuse({
    code: 'shape/mismatch',
    port: 'input',
    message: `SharedLayer uses the weights of ${lender.label}, which do not fit what it gets from ${input.from}.`,
    why: 'The same weights can only be used on an input with the same features or channels.',
  });
}

export const sharedLayer = defineBlock({
  type: 'SharedLayer',
  version: 1,
  title: 'SharedLayer',
  category: 'Core',
  search: ['shared weights', 'siamese', 'reuse', 'same layer', 'weight sharing', 'twin'],
  summary: 'Uses another layer a second time: the same weights on another input.',
  help: [
    '`f(x)`, where f is the chosen layer with its settings and its weights. Whatever one use learns, the other knows at once; gradients of both are added.',
    'Shapes: what the chosen layer makes of this input, which must fit the weights that are there.',
    'It has no weights of its own. Two branches that look at two inputs in the same way make a siamese network.',
    'Typical mistake: copying a block for this. A copy has weights of its own and learns something else.',
  ].join('\n\n'),
  formula: 'y = layer(x), with the weights of the chosen layer',
  source:
    'Bromley et al., Signature verification using a siamese time delay neural network (1993); Keras documentation, functional API, shared layers',
  parameters: { layer: lenderParameter('The layer whose settings and weights are used.') },
  ports: () => layerPorts,
  caption: ({ layer }) => (layer?.[0] === undefined ? 'choose a layer' : `as ${layer[0]}`),
  behaviour: {
    kind: 'layer',
    affine: false,
    lender: ({ layer }) => layer?.[0] ?? null,
    infer: ([input], _values, lender = null) => infer(input, lender),
    keras: (_values, lender = null) =>
      lender ? lender.behaviour.keras(lender.values) : { class_name: 'Identity', config: {} },
    activation: () => null,
  },
});
