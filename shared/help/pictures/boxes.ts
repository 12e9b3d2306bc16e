/** Owns the picture of any block: what goes in and what comes out, with the shapes of an example where it has some. */
import { shapeText, type Shape } from '../../compiler/shape';
import type { AnyBlockDefinition, Values } from '../../blocks/block';
import { area, arrow, box, line, words, type Drawing, type Mark } from '../drawing';

/** What layers are tried with, from the simplest on. */
const EXAMPLES: readonly Shape[] = [
  [null, 28, 28, 8],
  [null, 28, 8],
  [null, 8],
  [null, 4, 28, 28, 8],
  [null, 4, 28, 28, 28, 8],
  [null, 28],
];

interface Example {
  inputs: Shape;
  output: Shape;
}

function exampleOf({ behaviour }: AnyBlockDefinition, values: Values, count: number): Example | null {
  if (behaviour.kind === 'input') {
    const shape = behaviour.withoutData(values);
    return shape && { inputs: shape, output: shape };
  }
  if (behaviour.kind !== 'layer' || count === 0) return null;
  for (const inputs of EXAMPLES) {
    const given = Array.from({ length: count }, () => ({ shape: inputs, from: 'there' }));
    const inferred = behaviour.infer(given, values);
    if (inferred.ok && (inferred.value.findings ?? []).length === 0)
      return { inputs, output: inferred.value.shape };
  }
  return null;
}

export function boxesPicture(definition: AnyBlockDefinition, values: Values): Drawing {
  const { title } = definition;
  const { inputs, outputs } = definition.ports(values);
  const names = inputs.flatMap(({ name, many }) => (many ? [name, name] : [name]));
  const example = exampleOf(definition, values, names.length);
  const rows = Math.max(1, names.length, outputs.length);
  const height = 40 * rows + 16;
  const [left, width] = [190, Math.max(110, 9 * title.length + 28)];
  const place = (i: number, count: number) => 8 + (40 * rows * (i + 0.5)) / count;
  const marks: Mark[] = [
    area(box(left, 8, width, 40 * rows), 'quiet'),
    line(box(left, 8, width, 40 * rows), 'strong'),
    words(left + width / 2, 8 + 20 * rows + 4, title),
    ...names.flatMap((name, i) => [
      arrow(left - 40, place(i, names.length), 38),
      words(left - 46, place(i, names.length) + 4, example ? shapeText(example.inputs) : name, 'end'),
    ]),
    ...outputs.flatMap(({ name }, i) => [
      arrow(left + width + 2, place(i, outputs.length), 38),
      words(
        left + width + 46,
        place(i, outputs.length) + 4,
        example ? shapeText(example.output) : name,
        'start',
      ),
    ]),
  ];
  const ends = names.length === 0 ? 'Nothing goes in' : `In: ${[...new Set(names)].join(', ')}`;
  const out =
    outputs.length === 0 ? 'nothing comes out' : `out: ${outputs.map(({ name }) => name).join(', ')}`;
  return {
    width: left + width + (outputs.length === 0 ? 12 : 190),
    height,
    caption: `${ends}; ${out}.${example ? ' The shapes are those of an example.' : ''}`,
    marks,
  };
}
