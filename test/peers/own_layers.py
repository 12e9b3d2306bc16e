"""The application's own layers, written once more with Keras' and TensorFlow's operations, which take the gradients.
TensorFlow is asked for where it is needed only: Keras on JAX reads this file too."""
import keras
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
        import tensorflow as tf

        small, before = inputs
        size = self.own["pool_size"]
        _, places = tf.nn.max_pool_with_argmax(before, size, size, "VALID", include_batch_in_index=True)
        flat = tf.scatter_nd(tf.reshape(places, [-1, 1]), tf.reshape(small, [-1]), [tf.size(before, out_type=tf.int64)])
        return tf.reshape(flat, tf.shape(before))

    def compute_output_shape(self, shapes):
        return shapes[1]


class LocalResponseNormalization(OwnLayer):
    def call(self, x):
        import tensorflow as tf

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


class Maths(OwnLayer):
    def call(self, x):
        name = self.own["function"]
        if name == "power":
            return ops.power(x, self.own["exponent"])
        if name == "clip":
            return ops.clip(x, self.own["low"], self.own["high"])
        return getattr(ops, name)(x)


class Reduction(OwnLayer):
    def call(self, x):
        axes = self.own["axes"] or list(range(1, len(x.shape)))
        return getattr(ops, self.own["function"])(x, axis=axes, keepdims=self.own["keepdims"])


class Slice(OwnLayer):
    def call(self, x):
        start, length = self.own["start"], self.own["length"]
        cut = [slice(None)] * len(x.shape)
        cut[self.own["axis"]] = slice(start, start + length if length else None)
        return x[tuple(cut)]


class StopGradient(OwnLayer):
    def call(self, x):
        return ops.stop_gradient(x)


class MatMul(OwnLayer):
    def call(self, inputs):
        turned = [
            ops.swapaxes(x, -1, -2) if turn else x
            for x, turn in zip(inputs, [self.own["transpose_first"], self.own["transpose_second"]])
        ]
        return ops.matmul(*turned)


class Stack(OwnLayer):
    def call(self, inputs):
        return ops.stack(inputs, axis=self.own["axis"])


class TiedDense(OwnLayer):
    def __init__(self, lender, **config):
        super().__init__(**config)
        # Behind a function Keras does not count the lender's weights twice.
        self.borrowed = lambda: lender.kernel

    def build(self, shape):
        if self.own["use_bias"]:
            self.bias = self.weight("bias", (self.borrowed().shape[0],))

    def call(self, x):
        y = ops.matmul(x, ops.transpose(self.borrowed()))
        return keras.activations.get(self.own["activation"])(y + self.bias if self.own["use_bias"] else y)


class SubSampling2D(OwnLayer):
    def build(self, shape):
        self.kernel = self.weight("kernel", shape[-1:])
        self.bias = self.weight("bias", shape[-1:])

    def call(self, x):
        high, wide = size = self.own["pool_size"]
        sums = ops.average_pool(x, size, size, "valid") * high * wide
        return keras.activations.get(self.own["activation"])(sums * self.kernel + self.bias)


class RBFOutput(OwnLayer):
    def build(self, shape):
        learned = self.own["prototypes"] == "learned"
        self.prototypes = self.weight("prototypes", (shape[-1], self.own["units"]), learned)

    def call(self, x):
        apart = ops.sum(ops.square(x[:, :, None] - self.prototypes), axis=1)
        return apart if self.own["output"] == "distances" else ops.softmax(-apart)


class GroupSoftmax(OwnLayer):
    def call(self, x):
        shape = x.shape[1:]
        groups = ops.reshape(x, (-1, *shape[:-1], shape[-1] // self.own["size"], self.own["size"]))
        return ops.reshape(ops.softmax(groups, axis=-1), (-1, *shape))


class FixedFilter2D(OwnLayer):
    def call(self, x):
        answers = []
        for kernel in self.own["kernels"]:
            taps = ops.convert_to_tensor(kernel, dtype="float32")[:, :, None, None]
            answers.append(ops.depthwise_conv(x, ops.tile(taps, (1, 1, x.shape[-1], 1)), padding="same"))
        return answers[0] if len(answers) == 1 else ops.sqrt(sum(ops.square(a) for a in answers) + 1e-12)


class LearnedSwish(OwnLayer):
    def build(self, shape):
        self.beta = self.weight("beta", shape[-1:])

    def call(self, x):
        return x * ops.sigmoid(self.beta * x)


class GLU(OwnLayer):
    def call(self, x):
        return keras.activations.glu(x)

    def compute_output_shape(self, shape):
        return (*shape[:-1], shape[-1] // 2)


class ScaledSigmoid(OwnLayer):
    def call(self, x):
        return self.own["amplitude"] * getattr(ops, self.own["function"])(self.own["slope"] * x)


class BinaryThreshold(OwnLayer):
    def call(self, x):
        return ops.where(x > self.own["threshold"], 1.0, self.own["low"])


OWN = {cls.__name__: cls for cls in OwnLayer.__subclasses__()}
