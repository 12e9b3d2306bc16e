"""Trains small networks in Keras for a few steps. Reads cases as JSON on stdin, writes losses, weights and shapes
on stdout.

A case is {name, plan, weights: {block/name: values}, batches: [{x, y: [labels of each loss]}]}; the plan is the application's own, so that its
layer, loss and optimizer configs are proven to be what Keras reads.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
from own_layers import OWN


@keras.saving.register_keras_serializable("Axonry")
class PositionEmbedding(keras.layers.Layer):
    """What Keras itself lacks: rows that tell the step are added (as KerasHub's two layers make them)."""

    def __init__(self, kind, initializer, max_wavelength, **given):
        super().__init__(**given)
        self.kind, self.initializer, self.longest = kind, initializer, max_wavelength

    def build(self, shape):
        if self.kind == "learned":
            self.rows = self.add_weight(name="embeddings", shape=shape[1:], initializer=self.initializer)
        else:
            step, place = np.mgrid[: shape[1], : shape[2]]
            angle = step / self.longest ** (place // 2 * 2 / shape[2])
            self.rows = np.where(place % 2 == 0, np.sin(angle), np.cos(angle)).astype("float32")

    def call(self, x):
        return x + self.rows


WITH_HEADS = (keras.layers.MultiHeadAttention, keras.layers.GroupQueryAttention)


def deserialize(module, described):
    return module.deserialize({"module": module.__name__.replace("._tf_keras", ""), "class_name": described["class_name"], "config": described["config"], "registered_name": None})


def layer_of(described, layers):
    """The layer that a plan describes; `layers` are those before it, by name."""
    name, kind = described["block"], described["class_name"]
    config = {**described["config"], "name": name}
    lender = layers.get(described.get("shares"))
    if lender and type(lender).__name__ == kind:
        return lender
    registered = keras.saving.get_registered_object(described.get("registered_name") or "")
    if registered:
        return registered.from_config(config)
    if kind in OWN:
        return OWN[kind](**config, **({"lender": lender} if lender else {}))
    return deserialize(keras.layers, {"class_name": kind, "config": config})


def called(layer, inputs, arguments):
    if isinstance(layer, WITH_HEADS):
        return layer(*inputs, **arguments)
    return layer(inputs[0] if len(inputs) == 1 else inputs, **arguments)


def build(plan):
    # A layer that keeps its state must know how large a batch is.
    stateful = any(described["config"].get("stateful") for described in plan["layers"])
    batch = plan["trainers"][0]["batch_size"] if stateful else None
    tensors = {i["block"]: keras.Input(i["shape"][1:], batch, name=i["block"]) for i in plan["inputs"]}
    inputs = list(tensors.values())
    layers = {}
    for described in plan["layers"]:
        name = described["block"]
        layers[name] = layer_of(described, layers)
        read = [tensors[block] for block in described["inbound"]]
        tensors[name] = called(layers[name], read, described.get("call", {}))
    return keras.Model(inputs, [tensors[loss["prediction"]] for loss in plan["losses"]]), tensors


def by_class(module, described):
    # deserialize does not know every class that keras.losses and keras.optimizers have.
    return getattr(module, described["class_name"]).from_config(described["config"])


def name_of(layer, weight):
    """Keras uses names again inside a layer; the part that tells them apart stands in the path."""
    part = weight.path.split("/")[1]
    if isinstance(layer, keras.layers.Bidirectional):
        return f"{part.split('_')[0]}_{weight.name}"
    return f"{part}_{weight.name}" if isinstance(layer, WITH_HEADS) else weight.name


def weights_of(model):
    return {f"{layer.name}/{name_of(layer, w)}": w for layer in model.layers for w in layer.weights}


def measure(layer, model, case):
    """Keras measures what it gets itself; further inside it takes what it is given."""
    if layer.input is model.inputs[0]:
        layer.adapt(np.concatenate([np.array(batch["x"], "float32") for batch in case["batches"]]))
    else:
        layer.finalize_state()


def set_weights(model, case):
    for key, variable in weights_of(model).items():
        variable.assign(np.array(case["weights"][key], "float32").reshape(variable.shape))
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            measure(layer, model, case)


def reset_states(model):
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()


def arrays(batch):
    weight = None if "w" not in batch else np.array(batch["w"], "float32")
    return np.array(batch["x"], "float32"), [np.array(labels, "float32") for labels in batch["y"]], weight


def as_list(outputs):
    return outputs if isinstance(outputs, list) else [outputs]


def listed(tensor):
    return np.asarray(tensor).ravel().tolist()


def first_pass(model, case):
    """The prediction for the first batch and the gradient by each weight; the weights are put back."""
    import tensorflow as tf  # not above: Keras on JAX reads this file too

    x, y, weight = arrays(case["batches"][0])
    forward = listed(as_list(model(x, training=False))[0])
    reset_states(model)
    keys = {id(variable): key for key, variable in weights_of(model).items()}
    with tf.GradientTape() as tape:
        loss = model.compute_loss(x, y, as_list(model(x, training=True)), weight)
    variables = model.trainable_variables
    found = tape.gradient(loss, [variable.value for variable in variables], unconnected_gradients="zero")
    gradients = {keys[id(variable)]: listed(tf.convert_to_tensor(g)) for variable, g in zip(variables, found)}
    set_weights(model, case)
    reset_states(model)
    return forward, gradients


def run(case):
    plan = case["plan"]
    model, tensors = build(plan)
    set_weights(model, case)
    trainer = plan["trainers"][0]
    model.compile(
        optimizer=by_class(keras.optimizers, trainer["optimizer"]),
        loss=[by_class(keras.losses, each) for each in plan["losses"]],
        loss_weights=[each["weight"] for each in plan["losses"]],
    )
    forward, gradients = first_pass(model, case)
    losses, parts = [], []
    for batch in case["batches"]:
        x, y, weight = arrays(batch)
        model.reset_metrics()
        # With several losses: their sum, then each of them without its weight.
        figures = np.ravel(model.train_on_batch(x, y, sample_weight=weight)).tolist()
        losses.append(figures[0])
        parts.append(figures[1:])
    x, _, _ = arrays(case["batches"][0])
    reset_states(model)
    return {
        "losses": losses,
        "parts": parts,
        "weights": {key: listed(w) for key, w in weights_of(model).items()},
        "predictions": listed(as_list(model(x, training=False))[0]),
        "forward": forward,
        "gradients": gradients,
        "shapes": {block: [None, *tensor.shape[1:]] for block, tensor in tensors.items()},
        "weight_shapes": {key: list(w.shape) for key, w in weights_of(model).items()},
    }


def answer(case):
    try:
        return run(case)
    except Exception as problem:
        return {"problem": str(problem)}


if __name__ == "__main__":
    cases = json.load(sys.stdin)
    json.dump({case["name"]: answer(case) for case in cases}, sys.stdout)
