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
from keras_steps import build, by_class


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


class Turns(keras.Model):
    """Train blocks that take turns on each batch: each has its losses, its weights and its optimizer. On TensorFlow."""

    def __init__(self, plan):
        super().__init__()
        noise = [layer for layer in plan["layers"] if layer["class_name"] == "Noise"]
        inputs = [*plan["inputs"], *({"block": layer["block"], "shape": layer["output_shape"]} for layer in noise)]
        layers = [layer for layer in plan["layers"] if layer["class_name"] != "Noise"]
        self.noise = [layer["output_shape"][1:] for layer in noise]
        self.net, _ = build({**plan, "inputs": inputs, "layers": layers})
        self.judges = {each["block"]: (i, by_class(keras.losses, each), float(each["columns"][0] == "real")) for i, each in enumerate(plan["losses"])}
        self.turns = [
            (trainer["losses"], trainer["trainable"], by_class(keras.optimizers, trainer["optimizer"])) for trainer in plan["trainers"]
        ]
        for _, blocks, optimizer in self.turns:
            optimizer.build(self.weights_of(blocks))

    def weights_of(self, blocks):
        return [weight for block in blocks for weight in self.net.get_layer(block).trainable_weights]

    def train_step(self, data):
        import tensorflow as tf

        batch, told = tf.shape(data[0])[0], {}
        for blocks, trainable, optimizer in self.turns:
            with tf.GradientTape() as tape:
                drawn = [keras.random.normal((batch, *shape)) for shape in self.noise]
                predictions = self.net([data[0], *drawn], training=True)
                losses = [self.judges[block] for block in blocks]
                loss = sum(judge(tf.fill(tf.shape(predictions[i]), label), predictions[i]) for i, judge, label in losses)
            weights = self.weights_of(trainable)
            optimizer.apply(tape.gradient(loss, weights), weights)
            told["+".join(blocks)] = loss
        return told


def renamed(value):
    """Keras takes no slash in a name; those of blocks inside a composite have one."""
    if isinstance(value, dict):
        return {key: renamed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [renamed(inner) for inner in value]
    return value.replace("/", ".") if isinstance(value, str) else value


def prepared(task):
    trainer = task["plan"]["trainers"][0]
    if len(task["plan"]["trainers"]) > 1:
        model = Turns(task["plan"])
        model.compile(jit_compile=task["jit"])
        return model, trainer["batch_size"]
    model, _ = build(task["plan"])
    model.compile(
        optimizer=by_class(keras.optimizers, trainer["optimizer"]),
        loss=by_class(keras.losses, task["plan"]["losses"][0]),
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
            task = renamed(json.loads(argument))
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
