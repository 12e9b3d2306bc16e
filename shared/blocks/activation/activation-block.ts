/** Owns what the activation blocks share: a layer that changes every value and no shape. */
import type { Json } from '../../document/document';
import type { InferenceResult, KerasConfig, LayerBehaviour } from '../block';
import { weightless } from '../inference';
import type { ActivationName } from './functions';

const unchanged: LayerBehaviour<unknown>['infer'] = ([input]): InferenceResult => weightless(input.shape);

/** The behaviour of a block that is one activation function of its own Keras class. */
export const activationLayer = <V>(
  name: ActivationName,
  keras: (values: V) => KerasConfig,
): LayerBehaviour<V> => ({
  kind: 'layer',
  affine: false,
  infer: unchanged,
  keras,
  activation: () => name,
});

/** The behaviour of a block that Keras writes as an `Activation` layer. */
export const plainActivation = (name: ActivationName): LayerBehaviour<unknown> => ({
  ...activationLayer(name, () => ({
    class_name: 'Activation',
    config: { activation: name } satisfies Record<string, Json>,
  })),
  affine: name === 'linear',
  activation: () => (name === 'linear' ? null : name),
});
