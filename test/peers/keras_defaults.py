"""Answers which defaults the constructors of Keras 3 have. Reads class names as JSON on stdin, writes JSON on stdout:
by name {argument: default} of every argument that has a default, or null where Keras has no such class."""
import inspect
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras


def class_of(name):
    for room in (keras.layers, keras.losses, keras.optimizers):
        if hasattr(room, name):
            return getattr(room, name)
    return None


def arguments_of(cls):
    """Of the class and of those that it hands its keywords on to."""
    found = {}
    for each in cls.__mro__:
        if each in (object, keras.Layer) or "__init__" not in vars(each):
            continue
        parameters = inspect.signature(each.__init__).parameters
        for name, parameter in parameters.items():
            found.setdefault(name, parameter.default)
        if not any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters.values()):
            break
    return {name: value for name, value in found.items() if value is not inspect.Parameter.empty}


def written(value):
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    if isinstance(value, (list, tuple)):
        return [written(each) for each in value]
    return repr(value)


answers = {}
for name in json.load(sys.stdin):
    cls = class_of(name)
    answers[name] = None if cls is None else {key: written(value) for key, value in arguments_of(cls).items()}
json.dump(answers, sys.stdout)
