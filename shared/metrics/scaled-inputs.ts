/** Owns whether what a network reads is brought to one size before it learns, so that nobody is told to scale it again. */
import type { DatasetStep, Plan } from '../compiler/plan';

const SCALING = new Set(['Scale', 'Standardize']);
/** Classes and words become numbers that need no scaling. */
const ENCODING = new Set(['OneHot', 'TextVectorization']);
/** A first layer of these scales what it gets. */
export const NORMALISING: ReadonlySet<string> = new Set([
  'BatchNormalization',
  'LayerNormalization',
  'Normalization',
  'Rescaling',
]);

type Read = Pick<Plan, 'datasets' | 'inputs' | 'layers'>;

/** The preparation that leads to `dataset`, from the last step to the source. */
function stepsTo(datasets: readonly DatasetStep[], dataset: string): DatasetStep[] {
  const step = datasets.find(({ block }) => block === dataset);
  return step === undefined ? [] : [step, ...(step.from === null ? [] : stepsTo(datasets, step.from))];
}

function prepares({ type, params }: DatasetStep, column: string): boolean {
  const named = Array.isArray(params.columns) ? params.columns : [];
  return (
    (SCALING.has(type) && (named.length === 0 || named.includes(column))) ||
    (ENCODING.has(type) && named.includes(column))
  );
}

/** True where every column of every input is scaled by a preparation, or by the layers that read it. */
export function inputsAreScaled(plan: Read): boolean {
  return plan.inputs.every(({ block, dataset, columns }) => {
    const steps = stepsTo(plan.datasets, dataset);
    const readers = plan.layers.filter(({ inbound }) => inbound.includes(block));
    return (
      columns.every((column) => steps.some((step) => prepares(step, column))) ||
      (readers.length > 0 && readers.every(({ class_name }) => NORMALISING.has(class_name)))
    );
  });
}
