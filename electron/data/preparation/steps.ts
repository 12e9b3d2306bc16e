/** The preparation steps by block type. A type without its step does not compile. */
import type { StepState } from '../../../shared/document/preparation';
import type { Flow } from './flow';
import { constantColumn } from './constant-column';
import { oneHot } from './one-hot';
import { scale } from './scale';
import { split } from './split';
import { standardize } from './standardize';
import type { Step } from './step';
import { textVectorization } from './text-vectorization';

export const steps: { readonly [T in StepState['type']]: Step<Extract<StepState, { type: T }>> } = {
  Scale: scale,
  Standardize: standardize,
  OneHot: oneHot,
  Split: split,
  TextVectorization: textVectorization,
  ConstantColumn: constantColumn,
};

export const isStepType = (type: string): type is StepState['type'] =>
  Object.prototype.hasOwnProperty.call(steps, type);

export function applyStep(state: StepState, flow: Flow): Flow {
  switch (state.type) {
    case 'Scale':
      return steps.Scale.apply(state, flow);
    case 'Standardize':
      return steps.Standardize.apply(state, flow);
    case 'OneHot':
      return steps.OneHot.apply(state, flow);
    case 'TextVectorization':
      return steps.TextVectorization.apply(state, flow);
    case 'ConstantColumn':
      return steps.ConstantColumn.apply(state, flow);
    case 'Split':
      return steps.Split.apply(state, flow);
  }
}
