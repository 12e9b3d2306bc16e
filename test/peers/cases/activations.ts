/** Owns the cases of the comparison with Keras for activation functions. */
import { ACTIVATIONS } from '../../../shared/blocks/activation/functions';
import { dense } from '../../engine/plans';
import { caseOf } from '../parity';

export const activationCases = ACTIVATIONS.map((name) =>
  caseOf(`activation ${name}`, {
    input: [null, 5],
    layers: [dense('a', 6, name), dense('b', 3, 'softmax')],
  }),
);
