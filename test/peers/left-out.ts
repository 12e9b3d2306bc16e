/** Owns what Keras 3 has and the catalogue has not, by module, each with the reason; decision 0015 says more. */
export type Module =
  | 'layers'
  | 'losses'
  | 'metrics'
  | 'optimizers'
  | 'schedules'
  | 'initializers'
  | 'regularizers'
  | 'constraints'
  | 'activations';

const because = (reason: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, reason]));

const PART = 'a part to program with; what is made of it is a block';
const BASE = 'the class that the others are made from';
const PICTURES = 'one of the many changes of pictures; those that the books use are blocks';

export const LEFT_OUT: Readonly<Record<Module, Readonly<Record<string, string>>>> = {
  layers: {
    ...because('a program inside a file; Maths, Reduction, Slice, Stack and MatMul say the same as data', 'Lambda', 'Pipeline'),
    ...because('holds what only another library can run', 'TFSMLayer', 'FlaxLayer', 'JaxLayer', 'TorchModuleWrapper'),
    ...because(PART, 'InputSpec', 'RNN', 'StackedRNNCells', 'LSTMCell', 'GRUCell', 'SimpleRNNCell'),
    ...because(BASE, 'Layer', 'Wrapper'),
    ...because('Input is the block', 'InputLayer'),
    ...because('words and codes become numbers before they reach a network: Text vectorization, One-hot', 'StringLookup', 'IntegerLookup', 'Hashing', 'HashedCrossing', 'TextVectorization', 'CategoryEncoding', 'Discretization'),
    ...because('there is no source of sound', 'MelSpectrogram', 'STFTSpectrogram'),
    ...because('changes the labels with the pictures, which no layer here can', 'MixUp', 'CutMix'),
    ...because('there are no boxes around things here', 'MaxNumBoundingBoxes'),
    ...because('Embedding and a TiedDense that uses its table do the same', 'ReversibleEmbedding'),
    ...because(
      PICTURES,
      'AugMix', 'AutoContrast', 'ContrastLimitedAdaptiveHistogramEqualization', 'Equalization', 'RandAugment', 'RandomColorDegeneration',
      'RandomColorJitter', 'RandomElasticTransform', 'RandomErasing', 'RandomGaussianBlur', 'RandomGrayscale', 'RandomHue', 'RandomInvert',
      'RandomPerspective', 'RandomPosterization', 'RandomSaturation', 'RandomSharpness', 'RandomShear', 'Solarization',
    ),
  },
  losses: because(BASE, 'Loss'),
  metrics: {
    ...because(BASE, 'Metric', 'MeanMetricWrapper'),
    ...because('a running sum or mean of anything, to program with', 'Mean', 'Sum'),
  },
  optimizers: {
    ...because(BASE, 'Optimizer'),
    ...because('for half precision, which is not used here', 'LossScaleOptimizer'),
    ...because('several Train blocks, each with its blocks and its optimizer', 'MultiOptimizer', 'OptimizerMap'),
  },
  schedules: because(BASE, 'LearningRateSchedule'),
  initializers: {
    ...because(BASE, 'Initializer'),
    ...because('the waves of a spectrum; there is no source of sound', 'STFT'),
  },
  regularizers: {
    ...because(BASE, 'Regularizer'),
    ...because('L1L2 with the other share at 0', 'L1', 'L2'),
  },
  constraints: because(BASE, 'Constraint'),
  activations: {
    ...because('looks a function up by its name', 'deserialize', 'get', 'serialize'),
    ...because('halves the number of features, so it is a block: GLU', 'glu'),
    ...because('ReLU with its threshold', 'threshold'),
  },
}; // prettier-ignore

/** Metrics that have one name here for several classes of Keras. */
export const METRIC_OF: Readonly<Record<string, string>> = {
  BinaryAccuracy: 'accuracy',
  CategoricalAccuracy: 'accuracy',
  SparseCategoricalAccuracy: 'accuracy',
  SparseTopKCategoricalAccuracy: 'top_k_categorical_accuracy',
  BinaryCrossentropy: 'categorical_crossentropy',
  SparseCategoricalCrossentropy: 'categorical_crossentropy',
  BinaryIoU: 'mean_io_u',
  IoU: 'mean_io_u',
  OneHotIoU: 'mean_io_u',
  OneHotMeanIoU: 'mean_io_u',
  LogCoshError: 'logcosh',
};
