/** Owns: a Cast to the type that is there is none. TensorFlow.js casts to be sure. */
import type { Rule } from './rewrite';

export const dropCast: Rule = ({ op, inputs, attributes }) =>
  op === 'Cast' && attributes.SrcT.value === attributes.DstT.value ? inputs[0] : null;
