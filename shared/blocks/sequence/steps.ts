/** Owns what layers of sequences say about an input that is no sequence. */
import type { FixProposal, InputShape } from '../block';
import { wrongRank, type Refusal } from '../inference';

/** Rows of a picture can be read as steps. */
function reshapes([, ...sizes]: InputShape['shape']): FixProposal[] {
  const known = sizes.flatMap((size) => size ?? []);
  if (known.length < sizes.length || known.length === 0 || known.length === 2) return [];
  const side = Math.sqrt(known[0]);
  const [first, ...rest] =
    known.length > 1 ? known : Number.isInteger(side) && side > 3 ? [side, side] : [known[0], 1];
  const features = rest.reduce((product, size) => product * size, 1);
  return [
    {
      label: 'Insert Reshape',
      kind: 'insert-before',
      type: 'Reshape',
      params: { target_shape: [first, features] },
    },
  ];
}

/** The error where the input is no `[batch, steps, features]`, else null. */
export function noSteps(title: string, input: InputShape, port = 'input'): Refusal | null {
  if (input.shape.length === 3) return null;
  const isFlat = input.shape.length === 2;
  return wrongRank(
    title,
    '[batch, steps, features]',
    input,
    isFlat
      ? 'It works along the steps of a sequence. A recurrent layer puts out every step only with return_sequences on, and Flatten takes the steps away.'
      : 'It works along the steps of a sequence, each a row of features.',
    [
      ...(isFlat
        ? ([
            { label: 'Switch return_sequences on', kind: 'set-before', port, name: 'return_sequences', value: true },
            { label: 'Remove Flatten', kind: 'remove-before', port, types: ['Flatten', 'GlobalAveragePooling1D', 'GlobalMaxPooling1D'] },
          ] as const)
        : []),
      ...reshapes(input.shape),
    ],
  );
} // prettier-ignore
