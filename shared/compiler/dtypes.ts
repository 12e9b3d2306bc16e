/** Owns what kind of number a tensor holds. Layers compute in float32; those that only move values hand on what comes in. */
import type { ColumnFacts } from '../document/facts';
import type { Node } from './graph';

export type Dtype = 'float32' | 'int32' | 'uint8' | 'bool' | 'string';

const MOVES_VALUES = new Set([
  'Flatten', 'Reshape', 'Permute', 'RepeatVector', 'Slice', 'Split', 'Stack', 'StopGradient', 'CenterCrop', 'Concatenate',
  'Maximum', 'Minimum', 'MaxPooling1D', 'MaxPooling2D', 'MaxPooling3D', 'GlobalMaxPooling1D', 'GlobalMaxPooling2D',
  'GlobalMaxPooling3D', 'Cropping1D', 'Cropping2D', 'Cropping3D', 'ZeroPadding1D', 'ZeroPadding2D', 'ZeroPadding3D',
]); // prettier-ignore

/** Columns side by side are one tensor: of their own kind where they agree, else of float32. */
function joint(dtypes: readonly Dtype[]): Dtype {
  const [first] = dtypes;
  return first !== undefined && dtypes.every((dtype) => dtype === first) ? first : 'float32';
}

export const dtypeOfColumns = (columns: readonly ColumnFacts[]): Dtype =>
  joint(columns.map(({ dtype }) => dtype));

/** `arriving` are those of the inputs, in any order. */
export const dtypeOfLayer = ({ definition }: Node, arriving: readonly Dtype[]): Dtype =>
  MOVES_VALUES.has(definition.type) && arriving.length > 0 ? joint(arriving) : 'float32';
