/** An engine process at its smallest: loads the native folder and trains one step, y = 3x by stochastic gradient descent. */
import { loadNative } from '../../../electron/setup/load-native';

async function trainOneStep(folder: string): Promise<object> {
  const loaded = await loadNative(folder);
  if (!loaded.ok) return loaded;
  const { tf, binding, version } = loaded.value;
  const again = await loadNative(folder);
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: 'zeros' })],
  });
  model.compile({ loss: 'meanSquaredError', optimizer: tf.train.sgd(0.5) });
  const loss = await model.trainOnBatch(tf.tensor2d([[1]]), tf.tensor2d([[3]]));
  // Reading strings goes through the functions that newer Nodes have lost.
  const words = Array.from(await tf.tensor1d(['a', 'b']).data<'string'>());
  return {
    version,
    backend: tf.getBackend(),
    sameAgain: again.ok && again.value.binding === binding,
    loss,
    weight: Array.from(model.getWeights()[0]?.dataSync() ?? []),
    words,
  };
}

void trainOneStep(process.argv[2] ?? '').then((answer) =>
  process.stdout.write(`${JSON.stringify(answer)}\n`),
);
