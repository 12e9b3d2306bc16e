"""Runs a recorded step in Python's TensorFlow and prints what its time goes to, by kinds of operations.
Arguments: the folder of the kept calls (see keep-calls.ts), and how many lines to print."""
import json
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import tensorflow.compat.v1 as tf

STEPS = 20


def tensors(names):
    return [tf.get_default_graph().get_tensor_by_name(name) for name in names.split(",")]


def fed(folder, call):
    places = tensors(call["feeds"])
    return {
        place: np.frombuffer((folder / name).read_bytes(), place.dtype.as_numpy_dtype).reshape(place.shape)
        for place, name in zip(places, call["values"])
    }


def traced(session, steps):
    """Microseconds of each kind of operation over all turns, with their shapes, and how often each ran."""
    spent, ran = defaultdict(float), defaultdict(int)
    graph = tf.get_default_graph()
    for fetches, feeds in steps * STEPS:
        told = tf.RunMetadata()
        session.run(fetches, feeds, options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), run_metadata=told)
        for node in told.step_stats.dev_stats[0].node_stats:
            label = node.timeline_label
            op = label.split(" = ")[1].split("(")[0] if " = " in label else node.node_name
            shape = [d.size for d in node.output[0].tensor_description.shape.dim] if node.output else []
            key = f"{op} {shape}"
            spent[key] += node.op_end_rel_micros - node.op_start_rel_micros
            ran[key] += 1
    return spent, ran


def main(folder, lines):
    calls = json.loads((folder / "calls.json").read_text())
    with tf.Session() as session:
        tf.saved_model.loader.load(session, ["serve"], str(folder / "graph"))
        for call in calls:
            session.run(tensors(call["fetches"]), fed(folder, call))
        # Train blocks that take turns have a call each; what came before them wrote weights and data.
        turn = {call["fetches"]: call for call in calls if "step" in call["feeds"]}
        steps = [(tensors(call["fetches"]), fed(folder, call)) for call in turn.values()]
        began = time.perf_counter()
        for _ in range(STEPS):
            for step in steps:
                session.run(*step)
        wall = (time.perf_counter() - began) / STEPS
        spent, ran = traced(session, steps)
    print(f"{sum(ran.values()) / STEPS:.0f} operations, {1e3 * wall:.2f} ms a step, {sum(spent.values()) / STEPS / 1e3:.2f} ms in operations of all threads")
    by_op = defaultdict(lambda: [0.0, 0])
    for key in spent:
        by_op[key.split(" ")[0]][0] += spent[key]
        by_op[key.split(" ")[0]][1] += ran[key]
    for table in ({op: tuple(of) for op, of in by_op.items()}, {key: (spent[key], ran[key]) for key in spent}):
        print()
        for key, (time_spent, count) in sorted(table.items(), key=lambda each: -each[1][0])[:lines]:
            print(f"{time_spent / STEPS / 1e3:8.3f} ms {count / STEPS:6.0f} × {key}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
