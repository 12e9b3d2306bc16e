/** Owns the drawing of a small DCGAN (Radford et al. 2016): a discriminator and a generator that take turns on each batch. */
import type { Json } from '../../../shared/document/document';
import type { Drawing } from '../../shared/draw';

type Layer = [type: string, params: Record<string, Json>];

const down = (filters: number): Layer[] => [
  ['Conv2D', { filters, kernel_size: [4, 4], strides: [2, 2], padding: 'same' }],
  ['LeakyReLU', { negative_slope: 0.2 }],
];
const up = (filters: number, activation: string): Layer => [
  'Conv2DTranspose',
  { filters, kernel_size: [4, 4], strides: [2, 2], padding: 'same', activation },
];
const DISCRIMINATOR: Layer[] = [...down(32), ...down(64), ['Flatten', {}], ['Dense', { units: 1 }]];
const GENERATOR: Layer[] = [
  ['Dense', { units: 7 * 7 * 64, use_bias: false }],
  ['Reshape', { target_shape: [7, 7, 64] }],
  ['BatchNormalization', {}],
  ['ReLU', {}],
  up(32, 'linear'),
  ['BatchNormalization', {}],
  ['ReLU', {}],
  up(1, 'tanh'),
];

/** Layers in a row with ids `name_0`, `name_1` …; answers the ids. */
function part(drawing: Drawing, name: string, from: string, layers: readonly Layer[]): string[] {
  return layers.reduce<string[]>((ids, [type, params], i) => {
    const id = `${name}_${i}`;
    drawing.place(type, params, { id }).wire(ids.at(-1) ?? from, id);
    return [...ids, id];
  }, []);
}

/** Behind a block `data` with pictures of 28 × 28 between −1 and 1. */
export function dcgan(drawing: Drawing, batch: number): void {
  drawing
    .place('ConstantColumn', { name: 'real', value: 1 }, { id: 'ones' }).wire('data', 'ones')
    .place('ConstantColumn', { name: 'fake', value: 0 }, { id: 'zeros' }).wire('ones', 'zeros')
    .place('Input', {}, { id: 'input' }).wire('zeros', 'input')
    .place('Noise', { shape: [100] }, { id: 'noise' }); // prettier-ignore
  const generator = part(drawing, 'generator', 'noise', GENERATOR);
  const discriminator = part(drawing, 'discriminator', 'input', DISCRIMINATOR);
  const again = DISCRIMINATOR.map((layer, i): Layer =>
    /Conv|Dense/.test(layer[0]) ? ['SharedLayer', { layer: [discriminator[i]] }] : layer,
  );
  const [real, made] = [discriminator, part(drawing, 'again', generator.at(-1) ?? '', again)].map((ids) => ids.at(-1) ?? ''); // prettier-ignore
  const judged = (id: string, prediction: string, column: string): void =>
    void drawing
      .place('BinaryCrossentropy', { from_logits: true, column: [column] }, { id })
      .wire(prediction, id)
      .wire('zeros', id);
  judged('real_is_real', real, 'real');
  judged('made_is_fake', made, 'fake');
  judged('made_is_real', made, 'real');
  const turn = (id: string, losses: string[], trainable: string[]): void => {
    drawing
      .place('Adam', { learning_rate: 0.0002, beta_1: 0.5 }, { id: `${id}_adam` })
      .place('Train', { batch_size: batch, trainable, restore_best_weights: false }, { id });
    for (const from of [...losses, `${id}_adam`]) drawing.wire(from, id);
  };
  turn('train_1', ['real_is_real', 'made_is_fake'], discriminator);
  turn('train_2', ['made_is_real'], generator);
}
