/** Owns the picture of any block: what goes in and what comes out, with the shapes of an example where it has some. */
import { shortShapeText, type Shape } from '../../compiler/shape';
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

const ARROW = 32;
/** Room for an arrow and the longest text at its end. */
const beside = (texts: readonly string[]): number =>
  texts.length === 0 ? 12 : ARROW + 16 + 7 * Math.max(...texts.map((text) => text.length));

export function boxesPicture(definition: AnyBlockDefinition, values: Values): Drawing {
  const { title } = definition;
  const { inputs, outputs } = definition.ports(values);
  const names = inputs.flatMap(({ name, many }) => (many ? [name, name] : [name]));
  const example = exampleOf(definition, values, names.length);
  const rows = Math.max(1, names.length, outputs.length);
  const height = 40 * rows + 16;
  const inputTexts = names.map((name) => (example ? shortShapeText(example.inputs) : name));
  const outputTexts = outputs.map(({ name }) => (example ? shortShapeText(example.output) : name));
  const left = beside(inputTexts);
  const width = Math.max(110, 8 * title.length + 28);
  const place = (i: number, count: number) => 8 + (40 * rows * (i + 0.5)) / count;
  const marks: Mark[] = [
    area(box(left, 8, width, 40 * rows), 'quiet'),
    line(box(left, 8, width, 40 * rows), 'strong'),
    words(left + width / 2, 8 + 20 * rows + 4, title),
    ...inputTexts.flatMap((text, i) => [
      arrow(left - ARROW - 2, place(i, names.length), ARROW),
      words(left - ARROW - 8, place(i, names.length) + 4, text, 'end'),
    ]),
    ...outputTexts.flatMap((text, i) => [
      arrow(left + width + 2, place(i, outputs.length), ARROW),
      words(left + width + ARROW + 8, place(i, outputs.length) + 4, text, 'start'),
    ]),
  ];
  const ends = names.length === 0 ? 'Nothing goes in' : `In: ${[...new Set(names)].join(', ')}`;
  const out =
    outputs.length === 0 ? 'nothing comes out' : `out: ${outputs.map(({ name }) => name).join(', ')}`;
  return {
    width: left + width + beside(outputTexts),
    height,
    caption: `${ends}; ${out}.${example ? ' The shapes are those of one sample of an example.' : ''}`,
    marks,
  };
}
