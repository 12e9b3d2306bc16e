/**
 * What every layer block says of its output, its weights and its settings is what the layer of Keras 3 says, and it refuses
 * what Keras refuses, over drawn-up settings and inputs: about ten each, hundreds with AXONRY_FULL=1. Layers that Keras
 * lacks are asked of the Python that they are written once more in.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { valuesOf } from '../../shared/blocks/catalogue';
import type { KerasConfig } from '../../shared/blocks/block';
import type { Json } from '../../shared/document/document';
import { full, lacks, peerPython } from '../environment';
import { drawn, layerBlocks, type LayerBlock, type Sizes } from './blocks/drawn';

/** What reads nothing has no shapes to be asked of. */
const reading = layerBlocks.filter(({ definition }) => definition.ports(valuesOf({ type: definition.type, params: {} })).inputs.length > 0); // prettier-ignore

type Weights = [name: string, shape: number[], trainable: boolean][];
interface Accepted {
  shape: (number | null)[];
  weights: Weights;
  /** Settings that the layer of Keras has otherwise than it was told. */
  unlike?: string[];
}
interface Asked extends KerasConfig {
  type: string;
  shapes: (number | null)[][];
  ours: Accepted | null;
  params: Record<string, Json>;
}
type Answer = Accepted | { refused: string };

const [ACCEPTED, REFUSED] = full ? [200, 100] : [7, 4];

const NO_BATCH = 'Keras takes the batch for the rows of a single picture; here samples never mix';
const ACROSS = 'along the batch samples would depend on each other';
const RANK =
  'inputs with other numbers of axes are nearly always a mistake; Keras puts axes of 1 before the shorter one';
const ROWS = 'only sequences of rows are read by what comes after it';
/** Where we say no on purpose and Keras goes on. */
const STRICTER: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'RandomFlip',
      'RandomTranslation',
      'RandomRotation',
      'RandomZoom',
      'RandomCrop',
      'RandomContrast',
      'RandomBrightness',
      'CenterCrop',
      'Resizing',
      'AdaptiveAveragePooling2D',
      'AdaptiveMaxPooling2D',
      'AdaptiveAveragePooling3D',
      'AdaptiveMaxPooling3D',
      'TimeDistributed',
    ].map((type) => [type, NO_BATCH]),
  ),
  ...Object.fromEntries(
    ['Softmax', 'UnitNormalization', 'Concatenate', 'LayerNormalization', 'RMSNormalization'].map((type) => [
      type,
      ACROSS,
    ]),
  ),
  ...Object.fromEntries(
    ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'].map((type) => [type, RANK]),
  ),
  ...Object.fromEntries(
    ['Masking', 'Attention', 'AdditiveAttention', 'MultiHeadAttention', 'GroupQueryAttention'].map((type) => [
      type,
      ROWS,
    ]),
  ),
  EinsumDense: 'Keras drops the lengths of output_shape that the equation has no letters for',
};

function asked({ type, definition, behaviour }: LayerBlock): Asked[] {
  const draws = fc.sample(drawn(definition, valuesOf({ type, params: {} })), {
    numRuns: 25 * (ACCEPTED + REFUSED),
    seed: 23,
  });
  const [accepted, refused]: [Asked[], Asked[]] = [[], []];
  for (const { params, shapes } of draws) {
    const values = valuesOf({ type, params });
    const inputs = shapes.map((sizes: Sizes) => [null, ...sizes]);
    const inferred = behaviour.infer(inputs.map((shape) => ({ shape, from: 'there' })), values); // prettier-ignore
    const list = inferred.ok ? accepted : refused;
    if (list.length >= (inferred.ok ? ACCEPTED : REFUSED)) continue;
    const ours = inferred.ok
      ? {
          shape: [...inferred.value.shape],
          weights: inferred.value.weights.map(({ name, shape, trainable }): Weights[number] => [name, [...shape], trainable]),
        }
      : null; // prettier-ignore
    list.push({ type, ...behaviour.keras(values), shapes: inputs, ours, params });
  }
  return [...accepted, ...refused];
}

describe.skipIf(lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null))('Keras says the same of', () => {
  const cases = reading.flatMap(asked);
  let answers: Answer[] = [];

  beforeAll(() => {
    const script = path.resolve(import.meta.dirname, '../peers/keras_layers.py');
    const said = execFileSync(peerPython ?? '', [script], {
      input: JSON.stringify(cases.map(({ ours, params: _params, ...question }) => ({ ...question, trace: ours === null }))),
      maxBuffer: 2 ** 28,
      stdio: 'pipe',
    });
    answers = JSON.parse(said.toString()) as Answer[];
  }, full ? 3_600_000 : 600_000);

  it.each(reading.map(({ type }) => [type]))('%s', (type) => {
    const wrong = cases.flatMap(({ type: of, ours, registered_name, params, shapes }, i) => {
      if (of !== type) return [];
      const keras = answers[i];
      const where = JSON.stringify({ params, shapes });
      if ('refused' in keras) {
        // The Python of our own layers checks nothing.
        return ours === null || registered_name !== undefined ? [] : [`Keras refuses ${where}: ${keras.refused}`];
      }
      if (ours === null) return registered_name !== undefined || type in STRICTER ? [] : [`Keras takes ${where}`];
      const { unlike, ...accepted } = keras;
      expect(ours, where).toEqual(accepted);
      return (unlike ?? []).map((setting) => `${setting} of ${where}`);
    });
    expect(wrong).toEqual([]);
  });
}); // prettier-ignore
