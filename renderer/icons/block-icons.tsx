/** Owns the pictures of the blocks: each draws what the block does to the data. 16 px box, one line, no fill. */

const DISK =
  'M13 4c0 1.1-2.2 2-5 2S3 5.1 3 4s2.2-2 5-2 5 .9 5 2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2';
const WINDOW_ON_GRID = 'M2.5 2.5h11v11h-11zM2.5 6.2h7.3v7.3M6.2 2.5v11M9.8 2.5v7.3M2.5 9.8h11';
const FOUR_TO_ONE = 'M2.5 2.5H7V7H2.5zM2.5 9H7v4.5H2.5zM9 2.5h4.5V7H9z';
const LOSS_CURVE = 'M2.5 2.5v11h11M4.5 4c1 5 3 7 8.5 7.5';
const RING = 'M8 2.500a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z';
const NUT = 'M8 2l5.2 3v6L8 14l-5.2-3V5z';

const PATHS: Readonly<Record<string, string>> = {
  Digits: 'M4 3h5M4 3v3.6c3-1 5.4.3 5.4 2.9S6.6 13.4 3.5 12M12.5 3v10',
  IDXImages: 'M2.5 4.500h8v8h-8zM5 4.500v-2h8.500V11h-3M2.5 10l2.5-2.5 2 2 1.5-1.5 2 2',
  CSVTable: 'M2.5 3h11v10h-11zM2.5 6.300h11M2.5 9.600h11M6.2 3v10',
  ToyData: 'M2.5 9.500c0-6 8-6 8 0M5.5 6.500c0 6 8 6 8 0',
  SequenceData: 'M1.500 8h1.500l1.500-4 3 8 3-8 1.500 4h2.500',
  Scale: 'M3 13V3M13 13V3M5.5 8h5M7 6 5 8l2 2M9 6l2 2-2 2',
  TextVectorization: 'M2.500 3.500h5M5 3.500v5M9.500 4h4M9.500 8h4M2.500 12h2M6.500 12h2M10.500 12h3',
  Standardize: 'M2 12.500c3.5 0 3.5-9 6-9s2.5 9 6 9M8 12.500v-9',
  OneHot: 'M2.5 6h2.500v4H2.500zM6.7 6h2.500v4H6.700zM11 6h2.500v4H11zM8 7.500v1',
  Split: 'M2.5 8h4M6.5 8c2.5 0 2-4.5 4.5-4.500h2.500M6.5 8h7M6.5 8c2.5 0 2 4.5 4.5 4.500h2.5',
  Input: 'M9 2.500h4.500v11H9M2.5 8h7M7 5.5 9.5 8 7 10.5',
  Dense:
    'M4.6 5.2 11.2 3.600M4.6 5.600l6.7 2M4.7 10.500l6.6-2M4.6 10.900l6.7 1.600M3.3 4.200a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM3.3 9.400a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM12.7 2a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM12.7 6.800a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM12.7 11.600a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400z',
  EinsumDense: 'M12 4.500V2.500H4l4.500 5.500L4 13.500h8v-2',
  SharedLayer: 'M2.500 3.500h5v3h-5zM2.500 9.500h5v3h-5zM7.500 5h3.500c1 0 1 6 0 6H7.500M11.800 8h2.200',
  TiedDense: 'M2.500 3v10l4.500-2.500v-5zM13.500 3v10L9 10.500v-5zM7 8h2',
  RBFOutput:
    'M8 6.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3zM8 4.200a3.800 3.800 0 1 0 0 7.600 3.800 3.800 0 0 0 0-7.600zM8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z',
  Flatten: 'M2 4h4v8H2zM2 8h4M4 4v8M8 8h2.500M12.5 2.500v11M14.5 2.500v11',
  Reshape: 'M2.5 5.500h4v5h-4zM9 6.500h5v3H9zM4.5 3.500h7M10 2l1.5 1.500L10 5',
  Dropout:
    'M3.5 3.500h.01M8 3.500h.01M12.5 3.500h.01M3.5 8h.01M12.5 8h.01M3.5 12.500h.01M8 12.500h.01M12.5 12.500h.01M6.5 6.500l3 3M9.5 6.500l-3 3',
  BatchNormalization: 'M2 12.500c3 0 3.5-9 6-9s3 9 6 9',
  Conv2D: WINDOW_ON_GRID,
  MaxPooling2D: `${FOUR_TO_ONE}M9.8 11.200h4M12 9.200l2 2-2 2`,
  AveragePooling2D: `${FOUR_TO_ONE}M9.5 10.500c1.3-1.3 2.7 1.3 4 0M9.5 13c1.3-1.3 2.7 1.3 4 0`,
  GlobalAveragePooling2D: 'M2.5 2.500h11v11h-11zM6 8h4M8 6v4',
  GlobalMaxPooling2D: 'M2.5 2.500h11v11h-11zM5.5 9.500 8 5.500l2.5 4',
  MaxPooling1D:
    'M2 4h2.500v4H2zM6.7 4h2.500v4H6.700zM11.500 4h2.500v4h-2.500zM8 10v3.500M6.500 12 8 13.500 9.500 12',
  AveragePooling1D:
    'M2 4h2.500v4H2zM6.7 4h2.500v4H6.700zM11.500 4h2.500v4h-2.500zM4.500 11c2.3-1.500 4.700 1.500 7 0M4.500 13.500c2.3-1.500 4.700 1.500 7 0',
  GlobalAveragePooling1D: 'M2 4h12v4H2zM6 4v4M10 4v4M6 12h4M8 10v4',
  GlobalMaxPooling1D: 'M2 4h12v4H2zM6 4v4M10 4v4M5.500 13.500l2.500-3.500 2.500 3.500',
  Conv2DTranspose:
    'M2.5 2.500h11v11h-11zM6 6h4v4H6zM2.500 2.500 6 6M13.500 2.500 10 6M2.500 13.500 6 10M13.500 13.500 10 10',
  SeparableConv2D: 'M2.5 2.500h6v6h-6zM2.5 5.500h6M5.5 2.500v6M11 11h2.500v2.500H11zM8.500 8.500 11 11',
  DepthwiseConv2D: 'M2.5 2.500h7v7h-7zM5 5h7v7M4.500 4.500h3v3h-3z',
  Conv1D: 'M1.5 6h13v4h-13zM4.800 6v4M8 6v4M11.200 6v4M3 3.500h7v9H3z',
  UpSampling2D: 'M2.5 2.500h4v4h-4zM2.5 2.500h11v11h-11zM8 8l3.500 3.500M11.500 9v2.500H9',
  ZeroPadding2D:
    'M5 5h6v6H5zM2.5 2.500h.01M6 2.500h.01M10 2.500h.01M13.500 2.500h.01M2.5 6h.01M2.5 10h.01M13.500 6h.01M13.500 10h.01M2.5 13.500h.01M6 13.500h.01M10 13.500h.01M13.500 13.500h.01',
  Cropping2D: 'M4.500 1.500v10h10M1.500 4.500h10v10',
  Permute: 'M3 5.500h9.500M10 3l2.500 2.500L10 8M13 10.500H3.500M6 8l-2.500 2.500L6 13',
  RepeatVector: 'M2.5 3h11M2.5 6.300h11M2.5 9.600h11M2.5 13h11',
  Rescaling: 'M3 13h10M3 13V9M13 13V3M3 9l10-6',
  Normalization: 'M2 12.500c3.500 0 3.500-9 6-9s2.500 9 6 9M8 3.500v9M6 5.500l2-2 2 2',
  SpectralNormalization:
    'M2.500 13.500V6M5.500 13.500V9M8.500 13.500v-2.500M11.500 13.500v-1.500M2 3.500h12M12 2l2 1.500L12 5',
  LayerNormalization: 'M2.5 3h11M2.5 13h11M3.500 10.500c2.500 0 2.700-5 4.500-5s2 5 4.500 5',
  UnitNormalization: 'M8 2.500a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 8l3.800-3.800',
  GaussianNoise: 'M2 9l1.500-3 1.500 5 1.500-7 1.500 8 1.500-6 1.500 4L12.500 5 14 9',
  SpatialDropout2D:
    'M2.5 2.500h4v4h-4zM9.500 2.500h4v4h-4zM2.5 9.500h4v4h-4zM9.500 9.500l4 4M13.500 9.500l-4 4',
  ReLU: 'M2 11.500h6l5.5-8',
  LeakyReLU: 'M2 13l6-2 5.5-7.5',
  PReLU: 'M2 13l6-2 5.5-7.5M3 9.500l3-1',
  Activation: 'M2 12.500c3 0 4-1 6-4.500s3-4.500 6-4.500M8 2v12',
  ELU: 'M2 12.500c3.5 0 4.5-.5 6-2.500l5.5-6.5',
  Softmax: 'M3 13.500V10M6.3 13.500V8M9.6 13.500v-11M13 13.500V9',
  Linear: 'M2.5 13.500l11-11',
  Sigmoid: 'M2 12.500c8 0 4-9 12-9',
  Tanh: 'M2 13c7.5 0 4.5-10 12-10M2 8h12',
  SiLU: 'M2 10.500c3 0 4 2 5.5 2 2 0 3.5-5 6-9',
  Add: `${RING}M8 5.500v5M5.5 8h5`,
  Multiply: `${RING}M6 6l4 4M10 6l-4 4`,
  Subtract: `${RING}M5.5 8h5`,
  Average: `${RING}M5.500 5.500h5M6 10.500l2-2.800 2 2.800`,
  Maximum: `${RING}M5.500 9.500 8 6l2.500 3.500`,
  Minimum: `${RING}M5.500 6.500 8 10l2.500-3.500`,
  Dot: `${RING}M8 8h.01`,
  Concatenate: 'M2.5 3h4v10h-4zM9.5 3h4v4h-4zM9.5 9h4v4h-4z',
  CategoricalCrossentropy: `${LOSS_CURVE}M8 4h.01M10.5 4h.01M13 4h.01`,
  SparseCategoricalCrossentropy: `${LOSS_CURVE}M10.5 4h.01`,
  BinaryCrossentropy: `${LOSS_CURVE}M9.5 4h.01M12 4h.01`,
  MeanSquaredError: 'M2.5 2.500v11h11M4.5 4c1.5 9.5 6.5 9.5 8 0',
  MeanAbsoluteError: 'M2.5 2.500v11h11M4.5 4l4 6.5 4-6.5',
  SGD: `${NUT}M5.5 6.500l2 1 .5 2.5 2 .5`,
  RMSprop: `${NUT}M5.5 9.500l1.5-3 1.5 3 1.5-2`,
  Adam: `${NUT}M8 6.200a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.600z`,
  AdamW: `${NUT}M5.500 6.500l1.200 3.500L8 7l1.300 3 1.200-3.500`,
  Nadam: `${NUT}M6.500 10V6.500l3 3.500V6.500`,
  Adamax: `${NUT}M6 6.500l4 3.500M10 6.500 6 10`,
  Adagrad: `${NUT}M5.500 9.500h1.500V8h1.500V6.500H10`,
  Adadelta: `${NUT}M8 6l2.200 4H5.800z`,
  Lion: `${NUT}M6 8h4M8.500 6.500 10 8 8.500 9.500`,
  Ftrl: `${NUT}M6 10V6.500h3.500M6 8.300h2.500`,
  Junction: 'M1.500 8h4.700M9.800 8h4.700M8 6.200a1.8 1.8 0 1 0 0 3.600 1.8 1.8 0 0 0 0-3.600z',
  Train: 'M13 8a5 5 0 1 1-1.6-3.700M13 2.500v2.600h-2.6',
};

const BY_CATEGORY: Readonly<Record<string, string>> = {
  Data: DISK,
  Preparation: 'M3 4h10M5 8h6M7 12h2',
  Augmentation: 'M2.500 5.500h7v7h-7zM7 3l6.500 2-2 6.500-2-.6',
  Core: 'M3 3.500h10v9H3zM3 8h10',
  Convolution: WINDOW_ON_GRID,
  Pooling: FOUR_TO_ONE,
  Sequence:
    'M2 8h3.500v4H2zM7 8h3.500v4H7zM12 8h2.500v4H12M5.500 10H7M10.500 10H12M8.700 8V5.500a1.500 1.500 0 0 0-3 0V8',
  Activation: 'M2 11.500h6l5.5-8',
  Normalization: 'M2 12.500c3 0 3.500-9 6-9s3 9 6 9M8 3.500v9',
  Regularization: 'M4 4h.01M8 4h.01M12 4h.01M4 8h.01M12 8h.01M8 12h.01M6 6l4 4M10 6l-4 4',
  Tensor: 'M3 6l5-3 5 3v5l-5 3-5-3zM3 6l5 3 5-3M8 9v5',
  Merge: 'M2.5 3.500c5 0 4 4.5 7 4.500M2.5 12.500c5 0 4-4.5 7-4.500M9.5 8h4',
  Loss: LOSS_CURVE,
  Optimizer: NUT,
  Training: 'M13 8a5 5 0 1 1-1.6-3.700M13 2.500v2.600h-2.6',
  Composite: 'M2.500 2.500h8v8h-8zM5.500 13.500h8v-8',
};

const UNKNOWN = 'M5.5 5.800a2.5 2.5 0 1 1 3.6 2.300c-.8.4-1.1.8-1.1 1.700M8 12.500v.01';

export function BlockIcon({ type, category }: { type: string; category?: string }) {
  return (
    <svg className="ic" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[type] ?? BY_CATEGORY[category ?? ''] ?? UNKNOWN} />
    </svg>
  );
}
