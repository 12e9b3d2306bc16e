/** Owns what the layers share that disturb their input while training: the shape stays, there are no weights. */
import { defineBlock, type InputShape, type LayerBehaviour } from '../block';
import { weightless, type Refusal } from '../inference';
import type { NumberParameter } from '../parameter';
import { layerPorts } from '../ports';
import { written, type Words } from '../words';

export const rateParameter = (what: string) =>
  ({
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    below: true,
    help: `Share of the ${what} that is dropped.`,
  }) as const satisfies NumberParameter;

/** A layer that changes values in training and no shape. */
export const disturbance = <V>(
  keras: LayerBehaviour<V>['keras'],
  check: (input: InputShape) => Refusal | null = () => null,
): LayerBehaviour<V> => ({
  kind: 'layer',
  affine: true,
  infer: ([input]) => check(input) ?? weightless(input.shape),
  keras,
  activation: () => null,
});

/** A layer that is told nothing but the share of what it drops. */
export const dropoutBlock = (
  type: string,
  what: string,
  words: Words,
  {
    check,
    config = {},
  }: { check?: (input: InputShape) => Refusal | null; config?: Record<string, string> } = {},
) =>
  defineBlock({
    ...written(type, words),
    category: 'Regularization',
    parameters: { rate: rateParameter(what) },
    ports: () => layerPorts,
    caption: ({ rate }) => `rate ${rate}`,
    behaviour: disturbance<{ rate: number }>(
      ({ rate }) => ({ class_name: type, config: { rate, ...config } }),
      check,
    ),
  });
