"""The application's own layers, written once more with Keras' and TensorFlow's operations, which take the gradients."""
import keras
import tensorflow as tf
from keras import ops


class OwnLayer(keras.layers.Layer):
    """Its config is the one of the plan."""

    def __init__(self, name=None, trainable=True, **config):
        super().__init__(name=name, trainable=trainable)
        self.own = config

    def weight(self, name, shape, trainable=True):
        return self.add_weight(name=name, shape=shape, initializer="zeros", trainable=trainable)


class MaxUnpooling2D(OwnLayer):
    def call(self, inputs):
        small, before = inputs
        size = self.own["pool_size"]
        _, places = tf.nn.max_pool_with_argmax(before, size, size, "VALID", include_batch_in_index=True)
        flat = tf.scatter_nd(tf.reshape(places, [-1, 1]), tf.reshape(small, [-1]), [tf.size(before, out_type=tf.int64)])
        return tf.reshape(flat, tf.shape(before))

    def compute_output_shape(self, shapes):
        return shapes[1]


class LocalResponseNormalization(OwnLayer):
    def call(self, x):
        return tf.nn.local_response_normalization(x, **self.own)


class SaltAndPepperNoise(OwnLayer):
    """Compared without any noise."""

    def call(self, x):
        return x


class KLSparsity(OwnLayer):
    def call(self, x):
        rho = self.own["rho"]
        share = ops.clip(ops.mean(x, axis=0), 1e-7, 1 - 1e-7)
        divergence = rho * ops.log(rho / share) + (1 - rho) * ops.log((1 - rho) / (1 - share))
        self.add_loss(self.own["weight"] * ops.sum(divergence))
        return x


OWN = {cls.__name__: cls for cls in OwnLayer.__subclasses__()}
