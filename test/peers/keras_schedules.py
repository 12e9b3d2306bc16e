"""Answers what Keras 3 makes of learning-rate schedules and of ReduceLROnPlateau. Reads JSON on stdin, writes JSON.

{schedules: [{config, steps}], plateaus: [{config, rate, values}]} -> {schedules: [[rate]], plateaus: [[rate]]}; a
plateau's rates are those after each epoch.
"""
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras


def rates(case):
    schedule = keras.saving.deserialize_keras_object(case["config"])
    return [float(schedule(step)) for step in case["steps"]]


def plateau(case):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(case["rate"]), loss="mse")
    callback = keras.callbacks.ReduceLROnPlateau(monitor="val_loss", mode="min", **case["config"])
    callback.set_model(model)
    callback.on_train_begin()
    found = []
    for epoch, value in enumerate(case["values"]):
        callback.on_epoch_end(epoch, {"val_loss": value})
        found.append(float(model.optimizer.learning_rate))
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump({"schedules": [rates(c) for c in asked["schedules"]], "plateaus": [plateau(c) for c in asked["plateaus"]]}, sys.stdout)
