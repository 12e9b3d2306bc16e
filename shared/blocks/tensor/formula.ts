/** Formula: what is computed of one or several tensors, written down. */
import type { Shape } from '../../compiler/shape';
import { LANGUAGE, problemText, valueFormula } from '../../formula/formula';
import { formulaShape } from '../../formula/shape';
import { defineBlock } from '../block';
import { ownLayer, refuse, sizePerSample, weightless } from '../inference';
import { mergePorts } from '../ports';

/** By the order of the wires. */
export const INPUT_NAMES = ['a', 'b', 'c', 'd', 'f', 'g', 'h', 'i'] as const;

const check = (text: string): string | null => {
  const checked = valueFormula(text, INPUT_NAMES);
  return checked.ok ? null : problemText('formula', checked.problem);
};

export const formula = defineBlock({
  type: 'Formula',
  version: 1,
  title: 'Formula',
  category: 'Tensor',
  search: ['expression', 'custom', 'lambda', 'own layer', 'maths', 'equation', 'function'],
  summary: 'Computes what a formula says of one or several tensors, place by place.',
  help: [
    'The inputs are called `a`, `b`, `c`, `d`, `f`, `g`, `h` and `i` in the order of their wires; `e` is the number. `a * sigmoid(b)` is a gate, `a / (1e-6 + sqrt(sum(a^2, -1)))` has the length 1, `s = mean(a); (a - s)^2` uses a name.',
    LANGUAGE,
    'Shapes: as NumPy joins them, an axis of length 1 is repeated as needed. There are no weights. Gradients flow through all but comparisons and `sign`.',
    'Typical mistakes: a logarithm or root of what may be 0 or below; `a * b` where a product of matrices is meant, which MatMul computes.',
  ].join('\n\n'),
  source: 'NumPy documentation, Broadcasting',
  parameters: {
    formula: {
      kind: 'text',
      default: 'a',
      placeholder: 'a * sigmoid(b)',
      help: 'What is computed of the inputs a, b, c and so on, in the order of their wires.',
      multiline: true,
      check,
    },
  },
  ports: () => mergePorts,
  caption: ({ formula: text }) => text,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer(inputs, { formula: text }) {
      const names = INPUT_NAMES.slice(0, inputs.length);
      const checked = valueFormula(text, names);
      const wrong = (message: string) =>
        refuse({
          code: 'block/formula',
          message: `Formula: ${message}.`,
          why: `It is given ${names.length === 1 ? 'one input, a' : `${names.length} inputs, ${names.join(', ')}`}, in the order of the wires.`,
        });
      if (inputs.length > INPUT_NAMES.length) return wrong(`it takes ${INPUT_NAMES.length} inputs at most`);
      if (!checked.ok) return wrong(`${checked.problem.message} (character ${checked.problem.at})`);
      const shapes = new Map<string, Shape>(names.map((name, i) => [name, inputs[i].shape]));
      const found = formulaShape(checked.value, shapes);
      if (!found.ok) return wrong(`${found.problem.message} (character ${found.problem.at})`);
      if (found.shape.length < 1 || found.shape[0] !== null)
        return wrong('its value does not depend on the samples');
      return weightless(found.shape, sizePerSample(found.shape));
    },
    keras: ({ formula: text }) => ownLayer('Formula', { formula: text }),
    activation: () => null,
  },
});
