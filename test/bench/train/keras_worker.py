"""Keras' side of the measurement: reads a task as one line of JSON, answers how long the first step took, then trains by
`model.fit` for a while at each line `round` and answers its speed. KERAS_BACKEND says which backend."""
import json
import os
import resource
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "peers"))
import keras
import numpy as np
from keras_steps import build, deserialize, loss_of


def made_up(task):
    random = np.random.default_rng(1)
    kind, shape = task["input"]["kind"], [task["n"], *task["input"]["shape"]]
    if kind == "words":
        x = random.integers(0, task["input"]["words"], shape, dtype="int32")
    else:
        x = random.random(shape, dtype="float32") if kind == "bytes" else random.standard_normal(shape, dtype="float32")
    return x, x if task["classes"] is None else random.integers(0, task["classes"], task["n"], dtype="int32")


class Clock(keras.callbacks.Callback):
    """Counts from the end of the first epoch, so that what `fit` does once is left out."""

    def __init__(self, seconds):
        super().__init__()
        self.seconds, self.epochs, self.began, self.ended, self.used = seconds, 0, None, None, None

    def on_epoch_end(self, epoch, logs=None):
        self.ended = time.perf_counter()
        if self.began is None:
            self.began, self.used = self.ended, time.process_time()
            return
        self.epochs += 1
        if self.ended - self.began >= self.seconds:
            self.model.stop_training = True


def prepared(task):
    trainer = task["plan"]["trainers"][0]
    model, _ = build(task["plan"])
    model.compile(
        optimizer=deserialize(keras.optimizers, trainer["optimizer"]),
        loss=loss_of(task["plan"]["losses"][0]),
        metrics=["mean_absolute_error" if task["classes"] is None else "accuracy"],
        jit_compile=task["jit"],
        steps_per_execution=task["stepsPerExecution"],
    )
    return model, trainer["batch_size"]


def say(**answer):
    print(json.dumps(answer), flush=True)


def work():
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "task":
            task = json.loads(argument)
            x, y = made_up(task)
            began = time.perf_counter()
            model, batch = prepared(task)
            model.fit(x[: batch * task["stepsPerExecution"]], y[: batch * task["stepsPerExecution"]], batch_size=batch, verbose=0)
            say(firstStep=time.perf_counter() - began, note=keras.backend.backend())
        elif command == "round":
            clock = Clock(float(argument))
            model.fit(x, y, batch_size=batch, epochs=10**6, verbose=0, callbacks=[clock])
            samples = clock.epochs * len(x)
            say(
                samplesPerSecond=samples / (clock.ended - clock.began),
                samplesPerCpuSecond=samples / (time.process_time() - clock.used),
            )
        else:
            break
    say(peakBytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    try:
        work()
    except Exception as error:
        say(problem=str(error).split("\n")[0])
        sys.exit(1)
