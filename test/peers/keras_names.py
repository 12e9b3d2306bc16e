"""Writes the classes that Keras 3 has, by module, and its activation functions, on stdout as JSON. Second names of the same thing are left out."""
import inspect
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras

MODULES = {
    "layers": keras.layers,
    "losses": keras.losses,
    "metrics": keras.metrics,
    "optimizers": keras.optimizers,
    "schedules": keras.optimizers.schedules,
    "initializers": keras.initializers,
    "regularizers": keras.regularizers,
    "constraints": keras.constraints,
}


def classes(module):
    names = dict(inspect.getmembers(module, inspect.isclass))
    # The class itself may be called otherwise than everybody knows it.
    return sorted({each.__name__ if each.__name__ in names else name for name, each in names.items()})


functions = {each.__name__ for _, each in inspect.getmembers(keras.activations, inspect.isfunction)}
names = {**{name: classes(module) for name, module in MODULES.items()}, "activations": sorted(functions)}
print(json.dumps(names))
