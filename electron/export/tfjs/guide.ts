/** Owns the text that lies beside an exported model: how a page or a program uses it. */

export interface GuideContent {
  inputs: { name: string; shape: readonly (number | null)[] }[];
  outputs: { name: string; sentence: string }[];
}

const shapeText = (shape: readonly (number | null)[]): string => `[${shape.map((size, i) => (i === 0 ? 'n' : (size ?? 'any'))).join(', ')}]`;

export function guideText({ inputs, outputs }: GuideContent): string {
  const given = inputs.map(({ name, shape }) => `  ${name}: ${shapeText(shape)}, float32`);
  const put = outputs.map(({ name, sentence }) => `  ${name}: ${sentence}`);
  const argument = inputs.length === 1 ? 'input' : `[${inputs.map(({ name }) => name).join(', ')}]`;
  return `A TensorFlow.js LayersModel, exported from Axonry.

  model.json, group1-shard….bin   the network and its weights
  preparation.json                what was done to the data before the network saw them; the same must be done to new data

In a web page, with the folder on the same server:

  <script src="tf.min.js"></script>   (the npm package @tensorflow/tfjs, version 4)
  const model = await tf.loadLayersModel('model.json');
  const output = model.predict(${argument});

Inputs, in this order:
${given.join('\n')}

Outputs, in this order:
${put.join('\n')}

The steps of "inputs" in preparation.json are applied to each column from top to bottom:
  scale         (value - subtract) * multiply + add, value by value or with the one number for all
  standardize   (value - mean) / scale
  one-hot       a vector of zeros with a one at the position of the class in "classes"
Columns of one input are then joined along the last axis, in the order in which they are listed.
`;
}
