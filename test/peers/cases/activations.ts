/** Owns the cases of the comparison with Keras for activation functions. */
import { ACTIVATIONS } from '../../../shared/blocks/activation/functions';
import { dense } from '../../engine/plans';
import { caseOf } from '../parity';

/**
 * Keras 3.15 sums the running sums of sparsemax instead of taking the last one, so that its rows do not sum to 1 where more
 * than one value is left. Ours follows the paper, and is held to it by test/engine/network/activations.test.ts.
 */
const WRONG_IN_KERAS = ['sparsemax'];

export const activationCases = ACTIVATIONS.filter((name) => !WRONG_IN_KERAS.includes(name)).map((name) =>
  caseOf(`activation ${name}`, {
    input: [null, 5],
    layers: [dense('a', 6, name), dense('b', 3, 'softmax')],
  }),
);
