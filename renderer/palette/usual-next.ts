/** Owns which blocks usually follow which: the order in which the palette offers what fits. */
const AFTER_DATA = ['Split', 'Input', 'Scale', 'Standardize', 'OneHot'];
const ON_MAPS = [
  'Conv2D',
  'MaxPooling2D',
  'Dropout',
  'Flatten',
  'GlobalAveragePooling2D',
  'BatchNormalization',
];
const ON_VECTORS = ['Dense', 'Dropout', 'BatchNormalization', 'Softmax'];

const NEXT: Readonly<Record<string, readonly string[]>> = {
  Split: ['Input', 'Scale', 'Standardize'],
  Conv2D: ['ReLU', 'BatchNormalization', 'MaxPooling2D', 'Dropout'],
  MaxPooling2D: ['Conv2D', 'Flatten', 'Dropout', 'GlobalAveragePooling2D'],
  AveragePooling2D: ['Conv2D', 'Flatten', 'Dropout', 'GlobalAveragePooling2D'],
  GlobalAveragePooling2D: ['Dense', 'Dropout', 'Softmax'],
  Flatten: ['Dense', 'Dropout'],
  Dense: ['ReLU', 'Softmax', 'Dropout', 'Dense'],
  Softmax: ['CategoricalCrossentropy', 'SparseCategoricalCrossentropy'],
  Sigmoid: ['BinaryCrossentropy', 'Dense'],
  Adam: ['Train'],
  SGD: ['Train'],
  RMSprop: ['Train'],
};

/** Types in the order in which they are likely to be wanted after `type`, whose output is a map (rows and columns) or a vector. */
export function usualNext(type: string, category: string | undefined, isMap: boolean): readonly string[] {
  const known = NEXT[type];
  if (known) return known;
  if (category === 'Data' || category === 'Preparation') return AFTER_DATA;
  if (category === 'Loss') return ['Train'];
  return isMap ? ON_MAPS : ON_VECTORS;
}

/** The first few of those that fit, the usual ones first. */
export function offered(fitting: readonly string[], usual: readonly string[], count: number): string[] {
  const fits = new Set(fitting);
  const first = usual.filter((type) => fits.has(type));
  const rest = fitting.filter((type) => !first.includes(type));
  return [...first, ...rest].slice(0, first.length > 0 ? Math.min(count, Math.max(first.length, 3)) : count);
}
