"""Asks Keras' layers for output shape, weights and settings. Reads questions as JSON on stdin, writes answers on stdout.

A question is {class_name, registered_name?, config, call?, shapes, trace?}; with `trace` TensorFlow must also find that
the layer can be computed, because some layers of Keras check nothing before. Its answer is {shape, weights: [[name, shape, trainable]],
unlike: [settings that the layer has otherwise than it was told]} or {refused: why}.
"""
import inspect
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import tensorflow as tf
from keras_steps import layer_of, name_of, called


def plain(value):
    """Settings in one form: pairs as lists, Keras' objects by their short description."""
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        if "class_name" in value:
            return [keras.src.utils.naming.to_snake_case(value["class_name"]), plain(value.get("config") or {})]
        return {key: plain(each) for key, each in value.items()}
    return round(value, 6) if isinstance(value, float) else value


def same(told, has):
    if told is None or has is None:
        return told is None and has is None
    if isinstance(told, str) and isinstance(has, dict):
        return keras.src.utils.naming.to_snake_case(has["class_name"]) == told
    if isinstance(told, dict) and isinstance(has, dict):
        return all(same(told[key], has.get(key)) for key in told if key not in ("module", "registered_name", "dtype", "seed"))
    if isinstance(told, list) and isinstance(has, (list, tuple)) and len(told) == len(has):
        return all(same(a, b) for a, b in zip(told, has))
    if isinstance(told, list) and isinstance(has, int):
        return all(each == has for each in told)
    if isinstance(told, int) and isinstance(has, (list, tuple)):
        return len(has) == 1 and has[0] == told
    return plain(told) == plain(has)


def trace(layer, question):
    """Lets TensorFlow work the layer's operations out for batches of 2, without computing anything."""
    arguments = dict(question.get("call", {}))
    if "training" in inspect.signature(layer.call).parameters:
        arguments["training"] = True
    specs = [tf.TensorSpec([2, *shape[1:]]) for shape in question["shapes"]]
    tf.function(lambda *inputs: called(layer, list(inputs), arguments)).get_concrete_function(*specs)


def answer(question):
    try:
        layer = layer_of({**question, "block": "x"}, {})
        # A layer that keeps its state must know how large a batch is.
        batch = 2 if question["config"].get("stateful") else None
        inputs = [keras.Input(shape[1:], batch) for shape in question["shapes"]]
        output = called(layer, inputs, question.get("call", {}))
        if question.get("trace"):
            trace(layer, question)
        has = layer.get_config()
        told = {key: value for key, value in question["config"].items() if key in has}
        return {
            "shape": [None, *output.shape[1:]],
            "weights": [[name_of(layer, w), list(w.shape), bool(w.trainable)] for w in layer.weights],
            "unlike": [f"{key} is {has[key]} and not {value}" for key, value in told.items() if not same(value, has[key]) and not (key == "groups" and value == -1)],
        }
    except Exception as problem:
        return {"refused": str(problem)[:300]}


if __name__ == "__main__":
    answers = []
    for i, question in enumerate(json.load(sys.stdin)):
        answers.append(answer(question))
        if i % 200 == 199:
            keras.backend.clear_session()
    json.dump(answers, sys.stdout)
