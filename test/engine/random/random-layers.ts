/** Draws layers onto a drawing: any block of the catalogue that fits somewhere behind what is there. */
import { catalogue } from '../../../shared/blocks/catalogue';
import type { AnyBlockDefinition, Port } from '../../../shared/blocks/block';
import { portsOf } from '../../../shared/compiler/connect';
import { sizeOf, type Shape } from '../../../shared/compiler/shape';
import type { Json } from '../../../shared/document/document';
import { nextId } from '../../../shared/document/ids';
import type { RandomStream } from '../../../shared/random/random';
import type { Drawing } from '../../shared/draw';
import { chance, pick, valuesFor } from './random-values';

/** An output that the next block may read. */
export interface End {
  id: string;
  port: string;
  shape: Shape;
}

export const LAYERS: readonly AnyBlockDefinition[] = Object.values(catalogue).filter(
  ({ behaviour }) => behaviour.kind === 'layer',
);
const MOST_VALUES = 600;
const MOST_WEIGHTS = 8_000;

/** What text parameters may say; the one that fits is found by trying. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  formula: ['a * sigmoid(a)', 'abs(a) + 0.1', 'a + b', 'tanh(a) * mean(a)'],
  equation: ['abc,cd->abd', 'ab,bc->ac', 'abcd,de->abce'],
};

function textsFor(random: RandomStream, { parameters }: AnyBlockDefinition): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, { kind }]) =>
      kind === 'text' && name in TEXTS ? [[name, pick(random, TEXTS[name])]] : [],
    ),
  );
}

function lenderFor(
  random: RandomStream,
  drawing: Drawing,
  { parameters }: AnyBlockDefinition,
): Record<string, Json> {
  const ids = Object.keys(drawing.document.blocks);
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) =>
      parameter.kind === 'blocks' && parameter.single ? [[name, [pick(random, ids)]]] : [],
    ),
  );
}

/** Which end each input reads: mostly the newest, and for the others one of the same shape where there is one. */
function readers(
  random: RandomStream,
  inputs: readonly Port[],
  ends: readonly End[],
): [port: string, end: End][] {
  const first = chance(random, 0.7) ? ends[ends.length - 1] : pick(random, ends);
  const alike = ends.filter(({ shape }) => shape.join() === first.shape.join());
  const another = () => pick(random, chance(random, 0.8) ? alike : ends);
  return inputs.flatMap(({ name, many, optional }, i): [string, End][] => {
    if (optional && chance(random, 0.5)) return [];
    const [one, ...others] = [i === 0 ? first : another(), ...(many ? [another(), another()] : [])];
    return [one, ...new Set(others.slice(0, 1 + random.below(2)))].map((end) => [name, end]);
  });
}

/** The output of a new block of this type, or null where it does not fit; then the drawing is as it was. */
function tryLayer(
  random: RandomStream,
  drawing: Drawing,
  ends: readonly End[],
  definition: AnyBlockDefinition,
): End[] | null {
  const before = drawing.document;
  const { type, parameters } = definition;
  const id = nextId(before, type);
  const params = {
    ...valuesFor(random, parameters),
    ...textsFor(random, definition),
    ...lenderFor(random, drawing, definition),
  };
  try {
    drawing.place(type, params, { id });
    const ports = portsOf(drawing.document, id);
    if (ports === null) throw new Error('a block without ports');
    for (const [port, end] of readers(random, ports.inputs, ends))
      drawing.wire(`${end.id}.${end.port}`, `${id}.${port}`);
    const { severity, output, parameters: weights } = drawing.compile().blocks[id];
    if (severity !== 'error' && output !== null && sizeOf(output) <= MOST_VALUES && weights <= MOST_WEIGHTS)
      return ports.outputs.map(({ name }) => ({ id, port: name, shape: output }));
  } catch (error) {
    // A wire that the drawing refuses is one more way not to fit.
    if (!(error instanceof Error && /^refused|^no ports/.test(error.message))) throw error;
  }
  drawing.document = before;
  return null;
}

/** So many layers behind the ends that are there, each of a type that is drawn anew. */
export function drawLayers(
  random: RandomStream,
  drawing: Drawing,
  ends: End[],
  { layers, count }: { layers: readonly AnyBlockDefinition[]; count: number },
): void {
  for (let placed = 0, tries = 0; placed < count && tries < 40 * count; tries++) {
    const made = tryLayer(random, drawing, ends, pick(random, layers));
    if (made === null) continue;
    ends.push(...made);
    placed += 1;
  }
}
