// Loads an exported folder with nothing but @tensorflow/tfjs on its own cpu backend. No code of the project runs here.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const tf = require('@tensorflow/tfjs');

const [folder, requestFile] = process.argv.slice(2);
const { modelTopology, weightsManifest } = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
const weightData = new Uint8Array(
  Buffer.concat(
    weightsManifest.flatMap((group) => group.paths.map((name) => readFileSync(path.join(folder, name)))),
  ),
).buffer;
const weightSpecs = weightsManifest.flatMap((group) => group.weights);

(async () => {
  await tf.setBackend('cpu');
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  const inputs = JSON.parse(readFileSync(requestFile, 'utf8')).map(({ shape, values }) =>
    tf.tensor(values, shape),
  );
  const outputs = [model.predict(inputs)].flat();
  console.log(
    JSON.stringify({
      backend: tf.getBackend(),
      inputs: model.inputs.map(({ name, shape }) => ({ name, shape })),
      outputs: outputs.map((output) => ({ shape: output.shape, values: Array.from(output.dataSync()) })),
    }),
  );
})();
