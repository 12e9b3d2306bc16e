/** Owns what the activation blocks share: a layer that changes every value and no shape. */
import type { Json } from '../../document/document';
import type { InferenceResult, KerasConfig, LayerBehaviour, Values } from '../block';
import { weightless } from '../inference';
import type { Curve } from './curves';
import { ACTIVATION_FUNCTIONS, type ActivationName } from './functions';

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
  curve: (values) => ACTIVATION_FUNCTIONS[name].curve(values as Values),
});

/** The behaviour of a block that is a function of our own, which no Keras layer has. */
export const ownActivation = <V>(
  class_name: string,
  name: string,
  curve: (values: V) => Curve,
): LayerBehaviour<V> => ({
  kind: 'layer',
  affine: false,
  infer: unchanged,
  keras: (values) => ({
    class_name,
    registered_name: `axonry>${class_name}`,
    config: { ...(values as Values) },
  }),
  activation: () => name,
  curve,
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
