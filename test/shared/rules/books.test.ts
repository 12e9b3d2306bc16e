/**
 * Networks as teaching books draw them, with the mistakes that they warn of or make in their own listings: the compiler
 * says what is wrong, and has nothing to say of the listing that is right.
 */
import { describe, expect, it } from 'vitest';
import { classes, column, data, features, oneHotClasses, pixels, rawPixels, target, unsplit } from '../data';
import { network, type Drawing } from '../draw';

type Network = Parameters<typeof network>;
type Layers = Network[2];
type Finish = NonNullable<Network[3]>;

const GULLI = 'Gulli, Kapoor and Pal, Deep Learning with TensorFlow 2 and Keras (2019), chapter 1';
const KOVERA = 'Kovera, Deep Learning with Keras';
const MICHELUCCI = 'Michelucci, Applied Deep Learning (2018), chapter';
const PATTANAYAK = 'Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter';

interface Pitfall {
  source: string;
  /** What is wrong in the drawing. */
  name: string;
  code: string;
  /** The block that is blamed. */
  block: string;
  wrong: () => Drawing;
  right: () => Drawing;
}

const dense = (units: number, activation = 'linear', more = {}): Layers[number] => ['Dense', { units, activation, ...more }]; // prettier-ignore
const draws = (facts: Network[0], preparations: Network[1], layers: Layers, finish?: Finish) => (): Drawing =>
  network(facts, preparations, layers, finish);

/** MNIST as the books load it: bytes, and class numbers. */
const many = { n: 70_000, parts: { train: 60_000, validation: 5000, test: 5000 } };
const digits = data([rawPixels([28, 28, 1]), classes(10)], many);
const PREPARED = ['Scale', 'OneHot'];
const onDigits = (layers: Layers, finish?: Finish, preparations: Network[1] = PREPARED) =>
  draws(digits, preparations, layers, finish);
const flowers = data([...features(4), oneHotClasses(3)]);
const onFlowers = (layers: Layers, finish?: Finish) => draws(flowers, [], layers, finish);
const houses = data([...features(13), target({ min: 5, max: 50, mean: 22, std: 9 })]);
const onHouses = (layers: Layers, finish: Finish = {}) =>
  draws(houses, [], layers, { loss: 'MeanSquaredError', ...finish });
const twoSpeeds = (classOf = classes(2)) => data([...features(12), classOf]);
const yesNo = (layers: Layers, finish: Finish = {}, facts = twoSpeeds()) =>
  draws(facts, [], layers, { loss: 'BinaryCrossentropy', ...finish });
const words = (most: number) => data([column({ name: 'words', dtype: 'int32', shape: [20], min: 0, max: most, mean: most / 2, std: most / 4 }), classes(2)], many); // prettier-ignore
const reviews = (input_dim: number) =>
  draws(words(9999), [], [['Embedding', { input_dim, output_dim: 16 }], 'GlobalMaxPooling1D', dense(1, 'sigmoid')], { loss: 'BinaryCrossentropy' }); // prettier-ignore
const steps = data([column({ name: 'rows', shape: [28, 28] }), oneHotClasses(10)]);
const rates = (learning_rate: number) => () => {
  const drawing = onDigits(['Flatten', dense(128, 'relu'), dense(10, 'softmax')])();
  return drawing.set('optimizer', 'learning_rate', learning_rate);
};
const cells = data([pixels([28, 28, 3]), target({ name: 'mask', shape: [28, 28, 1], min: 0, max: 1 })]);
const dead = (wired: boolean) => () => {
  const drawing = onFlowers([dense(8, 'relu'), dense(3, 'softmax')])().place('Dropout', { rate: 0.2 }).wire('dense', 'dropout'); // prettier-ignore
  if (!wired) return drawing;
  const wire = Object.entries(drawing.document.wires).find(([, { to }]) => to.block === 'dense_2');
  return drawing.remove(wire?.[0] ?? '').wire('dropout', 'dense_2');
};

const PITFALLS: Pitfall[] = [
  { source: GULLI, name: 'one output unit with softmax', code: 'loss/pairing', block: 'dense', wrong: yesNo([dense(1, 'softmax')]), right: yesNo([dense(1, 'sigmoid')]) },
  { source: GULLI, name: 'first weights of zero in a hidden layer', code: 'layer/init', block: 'dense', wrong: onDigits(['Flatten', dense(128, 'relu', { kernel_initializer: 'zeros' }), dense(10, 'softmax')]), right: onDigits(['Flatten', dense(10, 'softmax', { kernel_initializer: 'zeros' })]) },
  { source: GULLI, name: 'Adam with a learning rate of 0.1', code: 'train/learning-rate', block: 'optimizer', wrong: rates(0.1), right: rates(0.001) },
  { source: GULLI, name: 'class numbers where the loss reads one-hot labels', code: 'data/labels-not-one-hot', block: 'loss', wrong: onDigits(['Flatten', dense(10, 'softmax')], {}, ['Scale']), right: onDigits(['Flatten', dense(10, 'softmax')]) },
  { source: GULLI, name: 'labels that are made one-hot twice', code: 'data/nothing-to-do', block: 'one_hot_2', wrong: onDigits(['Flatten', dense(10, 'softmax')], {}, ['Scale', 'OneHot', 'OneHot']), right: onDigits(['Flatten', dense(10, 'softmax')]) },
  { source: GULLI, name: 'a word number beyond the vocabulary', code: 'data/embedding-range', block: 'embedding', wrong: reviews(5000), right: reviews(10_000) },
  { source: GULLI, name: 'a step where a slope is needed', code: 'layer/no-slope', block: 'binary_threshold', wrong: yesNo([dense(8), 'BinaryThreshold', dense(1, 'sigmoid')]), right: yesNo([dense(8), 'Sigmoid', dense(1, 'sigmoid')]) },
  { source: GULLI, name: 'pixels from 0 to 255', code: 'data/unscaled', block: 'input', wrong: onDigits(['Flatten', dense(10, 'softmax')], {}, ['OneHot']), right: onDigits(['Flatten', dense(10, 'softmax')]) },
  { source: GULLI, name: 'nothing held out for validation', code: 'train/no-validation', block: 'train', wrong: draws(data([pixels([28, 28, 1]), oneHotClasses(10)], unsplit), [], ['Flatten', dense(10, 'softmax')]), right: draws(data([pixels([28, 28, 1]), oneHotClasses(10)], unsplit), ['Split'], ['Flatten', dense(10, 'softmax')]) },

  { source: KOVERA, name: 'dense layers with nothing between them', code: 'layer/linear-stack', block: 'dense_2', wrong: onHouses([dense(64), dense(1)]), right: onHouses([dense(64, 'relu'), dense(1)]) },
  { source: KOVERA, name: 'a squeezed output for prices', code: 'data/target-range', block: 'loss', wrong: onHouses([dense(64, 'relu'), dense(1, 'sigmoid')]), right: onHouses([dense(64, 'relu'), dense(1)]) },
  { source: KOVERA, name: 'features of very different size', code: 'data/scale-spread', block: 'input', wrong: draws(data([column({ name: 'rooms', std: 0.7 }), column({ name: 'tax', std: 9 }), target()]), [], [dense(1)], { loss: 'MeanSquaredError' }), right: draws(data([column({ name: 'rooms', std: 0.7 }), column({ name: 'tax', std: 9 }), target()]), ['Standardize'], [dense(1)], { loss: 'MeanSquaredError' }) },
  { source: KOVERA, name: 'a layer for 404 houses with 50,000 weights', code: 'cost/more-weights-than-samples', block: 'train', wrong: draws(data([...features(13), target()], { n: 506, parts: { train: 404, validation: 0, test: 102 } }), [['Split', { validation: 0.2 }]], [dense(200, 'relu'), dense(200, 'relu'), dense(1)], { loss: 'MeanSquaredError' }), right: draws(data([...features(13), target()], { n: 506, parts: { train: 404, validation: 0, test: 102 } }), [['Split', { validation: 0.2 }]], [dense(64, 'relu'), dense(1)], { loss: 'MeanSquaredError' }) },
  { source: KOVERA, name: 'one ill person in two thousand', code: 'data/imbalance', block: 'loss', wrong: yesNo([dense(1, 'sigmoid')], {}, twoSpeeds(classes(2, { classCounts: [9995, 5] }))), right: yesNo([dense(1, 'sigmoid')], {}, twoSpeeds(classes(2, { classCounts: [5200, 4800] }))) },
  { source: KOVERA, name: 'all rows in one batch', code: 'train/batch', block: 'train', wrong: onHouses([dense(64, 'relu'), dense(1)], { train: { batch_size: 8000 } }), right: onHouses([dense(64, 'relu'), dense(1)], { train: { batch_size: 32 } }) },
  { source: KOVERA, name: 'a recurrent layer that hands on its last step only, before another one', code: 'shape/mismatch', block: 'lstm_2', wrong: draws(steps, [], [['LSTM', { units: 32 }], ['LSTM', { units: 32 }], dense(10, 'softmax')]), right: draws(steps, [], [['LSTM', { units: 32, return_sequences: true }], ['LSTM', { units: 32 }], dense(10, 'softmax')]) },

  { source: `${MICHELUCCI} 2`, name: 'labels of 1 and 2', code: 'data/labels-not-01', block: 'loss', wrong: yesNo([dense(1, 'sigmoid')], {}, data([...features(12), target({ name: 'type', min: 1, max: 2, mean: 1.5, std: 0.5 })])), right: yesNo([dense(1, 'sigmoid')], {}, data([...features(12), target({ name: 'type', min: 0, max: 1, mean: 0.5, std: 0.5 })])) },
  { source: `${MICHELUCCI} 3`, name: 'a measured mean of rows that are held out', code: 'data/fit-on-all', block: 'standardize', wrong: draws(data([...features(4), oneHotClasses(3)], unsplit), ['Standardize', 'Split'], [dense(3, 'softmax')]), right: draws(data([...features(4), oneHotClasses(3)], unsplit), ['Split', 'Standardize'], [dense(3, 'softmax')]) },
  { source: `${MICHELUCCI} 3`, name: 'relu before softmax', code: 'layer/activation-twice', block: 'softmax', wrong: onFlowers([dense(8, 'relu'), dense(3, 'relu'), 'Softmax']), right: onFlowers([dense(8, 'relu'), dense(3), 'Softmax']) },
  { source: `${MICHELUCCI} 3`, name: 'one sample a batch of a large set', code: 'train/batch', block: 'train', wrong: onFlowers([dense(3, 'softmax')], { train: { batch_size: 1 } }), right: onFlowers([dense(3, 'softmax')], { train: { batch_size: 50 } }) },
  { source: `${MICHELUCCI} 3`, name: 'one unit between wide layers', code: 'layer/bottleneck', block: 'dense', wrong: onDigits(['Flatten', dense(1, 'relu'), dense(64, 'relu'), dense(10, 'softmax')]), right: onDigits(['Flatten', dense(64, 'relu'), dense(64, 'relu'), dense(10, 'softmax')]) },
  { source: `${MICHELUCCI} 4`, name: 'a decay meant for epochs, counted in steps', code: 'train/schedule', block: 'optimizer', wrong: () => onFlowers([dense(3, 'softmax')], { train: { epochs: 100 } })().set('optimizer', 'schedule', { class_name: 'ExponentialDecay', config: { decay_steps: 1, decay_rate: 0.5 } }), right: () => onFlowers([dense(3, 'softmax')], { train: { epochs: 100 } })().set('optimizer', 'schedule', { class_name: 'ExponentialDecay', config: { decay_steps: 2500, decay_rate: 0.5 } }) },
  { source: `${MICHELUCCI} 5`, name: 'a dropout that is computed and not used', code: 'graph/dead-branch', block: 'dropout', wrong: dead(false), right: dead(true) },
  { source: `${MICHELUCCI} 5`, name: 'the share to keep, given as the share to drop', code: 'layer/dropout-high', block: 'dropout', wrong: onFlowers([dense(8, 'relu'), ['Dropout', { rate: 0.8 }], dense(3, 'softmax')]), right: onFlowers([dense(8, 'relu'), ['Dropout', { rate: 0.2 }], dense(3, 'softmax')]) },
  { source: `${MICHELUCCI} 6`, name: 'rows in the order of their class', code: 'data/not-shuffled', block: 'train', wrong: draws(data([...features(4), classes(3, { sorted: true })]), ['OneHot'], [dense(3, 'softmax')], { train: { shuffle: false } }), right: draws(data([...features(4), classes(3, { sorted: true })]), ['OneHot'], [dense(3, 'softmax')]) },
  { source: `${MICHELUCCI} 6`, name: 'ten samples of each class to judge by', code: 'data/too-few', block: 'loss', wrong: draws(data([...features(4), oneHotClasses(3)], { parts: { train: 9970, validation: 30, test: 0 } }), [], [dense(3, 'softmax')]), right: draws(data([...features(4), oneHotClasses(3)], { parts: { train: 9000, validation: 1000, test: 0 } }), [], [dense(3, 'softmax')]) },

  { source: `${PATTANAYAK} 2`, name: 'XOR with linear hidden units', code: 'layer/linear-stack', block: 'dense_2', wrong: yesNo([dense(2), dense(1, 'sigmoid')]), right: yesNo([dense(2, 'sigmoid'), dense(1, 'sigmoid')]) },
  { source: `${PATTANAYAK} 2`, name: 'least squares for classes', code: 'loss/pairing', block: 'loss', wrong: onFlowers([dense(3, 'softmax')], { loss: 'MeanSquaredError' }), right: onFlowers([dense(3, 'softmax')]) },
  { source: `${PATTANAYAK} 2`, name: 'softmax for answers that are independent', code: 'loss/pairing', block: 'loss', wrong: onFlowers([dense(3, 'softmax')], { loss: 'BinaryCrossentropy' }), right: onFlowers([dense(3, 'softmax')]) },
  { source: `${PATTANAYAK} 2`, name: 'softmax twice, in the network and in the loss', code: 'loss/pairing', block: 'loss', wrong: onFlowers([dense(3, 'softmax')], { lossParams: { from_logits: true } }), right: onFlowers([dense(3)], { lossParams: { from_logits: true } }) },
  { source: `${PATTANAYAK} 2`, name: 'logits for a loss that expects probabilities', code: 'loss/pairing', block: 'loss', wrong: onFlowers([dense(3)]), right: onFlowers([dense(3)], { lossParams: { from_logits: true } }) },
  { source: `${PATTANAYAK} 2`, name: 'Rprop on small batches', code: 'train/batch', block: 'train', wrong: onFlowers([dense(3, 'softmax')], { optimizer: 'Rprop', train: { batch_size: 32 } }), right: onFlowers([dense(3, 'softmax')], { optimizer: 'Rprop', train: { batch_size: 8000 } }) },
  { source: `${PATTANAYAK} 3`, name: 'a window of 3 by steps of 2 over 12 pixels', code: 'shape/not-integer', block: 'conv2d', wrong: draws(data([pixels([12, 12, 1]), oneHotClasses(10)]), [], [['Conv2D', { filters: 4, kernel_size: 3, strides: 2, activation: 'relu' }], 'Flatten', dense(10, 'softmax')]), right: draws(data([pixels([13, 13, 1]), oneHotClasses(10)]), [], [['Conv2D', { filters: 4, kernel_size: 3, strides: 2, activation: 'relu' }], 'Flatten', dense(10, 'softmax')]) },
  { source: `${PATTANAYAK} 3`, name: 'channels first', code: 'shape/layout', block: 'conv2d', wrong: draws(data([pixels([3, 32, 32]), oneHotClasses(10)]), [], [['Conv2D', { filters: 4, padding: 'same', activation: 'relu' }], 'Flatten', dense(10, 'softmax')]), right: draws(data([pixels([32, 32, 3]), oneHotClasses(10)]), [], [['Conv2D', { filters: 4, padding: 'same', activation: 'relu' }], 'Flatten', dense(10, 'softmax')]) },
  { source: `${PATTANAYAK} 3`, name: 'first weights with a deviation of 1 before 6,272 inputs', code: 'layer/init', block: 'dense', wrong: draws(data([pixels([7, 7, 128]), oneHotClasses(10)], many), [], ['Flatten', dense(64, 'relu', { kernel_initializer: { class_name: 'RandomNormal', config: { stddev: 1 } } }), dense(10, 'softmax')]), right: draws(data([pixels([7, 7, 128]), oneHotClasses(10)], many), [], ['Flatten', dense(64, 'relu', { kernel_initializer: 'he_normal' }), dense(10, 'softmax')]) },
  { source: `${PATTANAYAK} 3`, name: 'pixels from 0 to 1 that were stored as bytes', code: 'data/integer-truncation', block: 'data', wrong: draws(data([pixels([28, 28, 1], { dtype: 'uint8', max: 1, mean: 0.001, std: 0.03 }), oneHotClasses(3)]), [], ['Flatten', dense(3, 'softmax')]), right: draws(data([pixels([28, 28, 1]), oneHotClasses(3)]), [], ['Flatten', dense(3, 'softmax')]) },
  { source: `${PATTANAYAK} 5`, name: 'tanh for pixels from 0 to 1', code: 'loss/pairing', block: 'loss', wrong: draws(data([pixels([28, 28, 1])], many), [], ['Flatten', dense(64, 'relu'), dense(784, 'tanh'), ['Reshape', { target_shape: [28, 28, 1] }]], { loss: 'MeanSquaredError', lossParams: { column: ['image'] } }), right: draws(data([pixels([28, 28, 1])], many), [], ['Flatten', dense(64, 'relu'), dense(784, 'sigmoid'), ['Reshape', { target_shape: [28, 28, 1] }]], { loss: 'MeanSquaredError', lossParams: { column: ['image'] } }) },
  { source: `${PATTANAYAK} 6`, name: 'a half as the border of logits', code: 'loss/threshold-on-logits', block: 'binary_threshold', wrong: yesNo([dense(1), ['BinaryThreshold', { threshold: 0.5 }]]), right: yesNo([dense(1, 'sigmoid')]) },
  { source: `${PATTANAYAK} 6`, name: 'masks larger than what is left of the picture', code: 'shape/mismatch', block: 'loss', wrong: draws(cells, [], [['Conv2D', { filters: 8, activation: 'relu' }], ['Conv2D', { filters: 1, activation: 'sigmoid' }]], { loss: 'BinaryCrossentropy' }), right: draws(cells, [], [['Conv2D', { filters: 8, padding: 'same', activation: 'relu' }], ['Conv2D', { filters: 1, padding: 'same', activation: 'sigmoid' }]], { loss: 'BinaryCrossentropy' }) },
]; // prettier-ignore

describe.each([...new Set(PITFALLS.map(({ source }) => source))])('%s', (book) => {
  it.each(PITFALLS.filter(({ source }) => source === book))(
    '$name: $code',
    ({ code, block, wrong, right }) => {
      const said = wrong().compile().diagnostics;
      expect(said.map((diagnostic) => [diagnostic.code, diagnostic.block])).toContainEqual([code, block]);
      expect(
        right()
          .compile()
          .diagnostics.map(({ message }) => message),
      ).toEqual([]);
    },
  );
});
