/** PositionEmbedding: adds to each step what tells its place. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { initializer } from '../core/weighted';
import { refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';
import { noSteps } from './steps';

export const positionEmbedding = defineBlock({
  type: 'PositionEmbedding',
  version: 1,
  title: 'PositionEmbedding',
  category: 'Sequence',
  search: ['positional encoding', 'position', 'sinusoidal', 'transformer', 'order of words', 'sequence'],
  summary: 'Adds to every step of a sequence numbers that tell which step it is.',
  help: [
    'Attention sees a heap of steps without order. This block adds a row of numbers to each: `learned` rows are trained weights, one for every step; `sinusoidal` ones are fixed waves of growing length, sine and cosine in turn.',
    'Shapes: `[batch, 64, 128]` → the same. Learned positions hold steps × features weights, sinusoidal ones none.',
    'Typical mistake: leaving it out before attention. The network then cannot tell “dog bites man” from “man bites dog”.',
  ].join('\n\n'),
  formula: 'y[t] = x[t] + row[t], sinusoidal: sin(t / wavelength) and cos(t / wavelength) in turn',
  source:
    'Vaswani et al., Attention is all you need (2017), section 3.5; KerasHub documentation, PositionEmbedding and SinePositionEncoding layers',
  parameters: {
    kind: { kind: 'choice', default: 'learned', options: ['learned', 'sinusoidal'], help: 'Trained numbers for each step, or fixed waves.' },
    max_wavelength: { kind: 'integer', default: 10_000, min: 1, max: 1_000_000, help: 'Length of the longest wave, divided by 2π.', unit: 'steps', when: { parameter: 'kind', is: ['sinusoidal'] }, advanced: true },
    initializer: { ...initializer('glorot_uniform', 'How the trained numbers are drawn.'), when: { parameter: 'kind', is: ['learned'] } },
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ kind }) => kind,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], { kind }) {
      const wrong = noSteps('PositionEmbedding', input);
      if (wrong) return wrong;
      const [, steps, features] = input.shape;
      if (steps === null || features === null)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `PositionEmbedding needs steps and features of known number; it gets ${shapeText(input.shape)} from ${input.from}.`,
          why: 'Every step has numbers of its own, so their number must be fixed.',
        });
      const weights =
        kind === 'learned' ? [{ name: 'embeddings', shape: [steps, features], trainable: true }] : [];
      return { ok: true, value: { shape: input.shape, weights, multiplyAdds: sizePerSample(input.shape) } };
    },
    keras: ({ kind, max_wavelength, initializer: start }) => ({
      class_name: 'PositionEmbedding',
      registered_name: 'Axonry>PositionEmbedding',
      config: { kind, initializer: start, max_wavelength },
    }),
    activation: () => null,
  },
});
