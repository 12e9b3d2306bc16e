/** Owns the data of a run that is being looked at: what its network reads, and how each row looked in its source. */
import type { Plan } from '../../../shared/compiler/plan';
import type { Part } from '../../../shared/document/facts';
import type { SampleView } from '../../../shared/protocol/samples';
import { fail, ok, type Result } from '../../../shared/result';
import type { DataSet } from '../../data/data-set';
import { describeSample } from '../../data/samples';
import type { RunData } from '../run-data';
import type { Samples } from '../step/samples';
import { planSamples } from '../training/plan-samples';

const partNames: Record<Part, string> = { train: 'training', validation: 'validation', test: 'test' };

/** The source that the first input reads. */
function shownData(plan: Plan, dataSets: ReadonlyMap<string, DataSet>): DataSet {
  let block: string | null = plan.inputs[0].dataset;
  while (block !== null) {
    const data = dataSets.get(block);
    if (data !== undefined) return data;
    const step = plan.datasets.find((candidate) => candidate.block === block);
    block = step?.from ?? null;
  }
  throw new Error(`the plan brings no data to ${plan.inputs[0].block}`);
}

export class RunSamples {
  readonly samples: Samples;
  private readonly shown: DataSet;

  constructor(plan: Plan, { prepared, dataSets }: RunData) {
    this.samples = planSamples(plan, prepared);
    this.shown = shownData(plan, dataSets);
  }

  rowsOf(part: Part): Result<Int32Array> {
    const rows = this.samples.parts[part];
    return rows.length > 0
      ? ok(rows)
      : fail('run/no-part', `This run has no ${partNames[part]} samples. Choose another part.`);
  }

  view(row: number): SampleView {
    return describeSample(this.shown, row);
  }
}
