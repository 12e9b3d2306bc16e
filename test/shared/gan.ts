/** Draws a generator and a discriminator that two Train blocks teach in turn, with shared layers. */
import type { Json } from '../../shared/document/document';
import type { DataFacts } from '../../shared/document/facts';
import { data, features, target } from './data';
import { draw, type Drawing } from './draw';

interface Source {
  type: string;
  params: Record<string, Json>;
  facts: DataFacts;
}
const points: Source = {
  type: 'Digits',
  params: {},
  facts: data([...features(2), target({ name: 'other' })]),
};

/** Noise makes points; the discriminator is used twice, on points of the data and on these. */
export function gan(discriminator = {}, generator = {}, { type, params, facts } = points): Drawing {
  return draw()
    .place(type, params, { id: 'data', facts })
    .place('ConstantColumn', { name: 'real', value: 1 }, { id: 'ones' })
    .place('ConstantColumn', { name: 'fake', value: 0 }, { id: 'zeros' })
    .wire('data', 'ones')
    .wire('ones', 'zeros')
    .chain('zeros', 'Input')
    .place('Noise', { shape: [3] }, { id: 'noise' })
    .place('Dense', { units: 8, activation: 'relu' }, { id: 'made' })
    .place('Dense', { units: 2 }, { id: 'points' })
    .wire('noise', 'made')
    .wire('made', 'points')
    .place('Dense', { units: 8, activation: 'relu' }, { id: 'seen' })
    .place('Dense', { units: 1 }, { id: 'judged' })
    .wire('input', 'seen')
    .wire('seen', 'judged')
    .place('SharedLayer', { layer: ['seen'] }, { id: 'seen_again' })
    .place('SharedLayer', { layer: ['judged'] }, { id: 'judged_again' })
    .wire('points', 'seen_again')
    .wire('seen_again', 'judged_again')
    .place('BinaryCrossentropy', { from_logits: true, column: ['real'] }, { id: 'real_is_real' })
    .place('BinaryCrossentropy', { from_logits: true, column: ['fake'] }, { id: 'made_is_fake' })
    .place('BinaryCrossentropy', { from_logits: true, column: ['real'] }, { id: 'made_is_real' })
    .wire('judged', 'real_is_real')
    .wire('judged_again', 'made_is_fake')
    .wire('judged_again', 'made_is_real')
    .wire('zeros', 'real_is_real')
    .wire('zeros', 'made_is_fake')
    .wire('zeros', 'made_is_real')
    .place('Adam', { learning_rate: 0.01 }, { id: 'adam_1' })
    .place('RMSprop', { learning_rate: 0.002 }, { id: 'rmsprop' })
    .place(
      'Train',
      { epochs: 3, batch_size: 16, trainable: ['seen', 'judged'], restore_best_weights: false, ...discriminator },
      { id: 'train_discriminator' },
    )
    .place(
      'Train',
      { epochs: 3, batch_size: 16, trainable: ['made', 'points'], ...generator },
      { id: 'train_generator' },
    )
    .wire('real_is_real', 'train_discriminator')
    .wire('made_is_fake', 'train_discriminator')
    .wire('made_is_real', 'train_generator')
    .wire('adam_1', 'train_discriminator')
    .wire('rmsprop', 'train_generator');
} // prettier-ignore
