/** Owns the two halves of an autoencoder: to a short code, and back (Hinton and Salakhutdinov 2006). */
import { chainPart } from '../sketch';

export const encoder = chainPart(
  'encoder',
  'Encoder',
  'Two Dense layers that shorten a vector to a code.',
  { units: [['hidden', 'units']], code: [['code', 'units']] },
  (s, input) => {
    const hidden = s.add('Dense', { units: 128, activation: 'relu' }, input, 'hidden');
    return s.add('Dense', { units: 32, activation: 'relu' }, hidden, 'code');
  },
);

export const decoder = chainPart(
  'decoder',
  'Decoder',
  'Two Dense layers that make a vector of a code, with values between 0 and 1.',
  { units: [['hidden', 'units']], outputs: [['values', 'units']] },
  (s, input) => {
    const hidden = s.add('Dense', { units: 128, activation: 'relu' }, input, 'hidden');
    return s.add('Dense', { units: 784, activation: 'sigmoid' }, hidden, 'values');
  },
);
