/** Owns the typed arrays that numbers are held in: bytes stay bytes and whole numbers stay whole. */
import type { ColumnType } from '../../shared/document/facts';

export type Numbers = Uint8Array | Int32Array | Float32Array;
export type NumberType = Exclude<ColumnType, 'string'>;

export function typeOfArray(values: Numbers): NumberType {
  if (values instanceof Uint8Array) return 'uint8';
  return values instanceof Int32Array ? 'int32' : 'float32';
}

export function newNumbers(type: NumberType, length: number): Numbers {
  switch (type) {
    case 'uint8':
      return new Uint8Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'float32':
      return new Float32Array(length);
  }
}

/** The type that holds the values of all of these. */
export function widest(types: readonly NumberType[]): NumberType {
  if (types.every((type) => type === 'uint8')) return 'uint8';
  return types.includes('float32') ? 'float32' : 'int32';
}

/** The same array where it is of this type already. */
export function asType(values: Numbers, type: NumberType): Numbers {
  if (typeOfArray(values) === type) return values;
  const converted = newNumbers(type, values.length);
  converted.set(values);
  return converted;
}
