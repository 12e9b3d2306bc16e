/** Owns what the losses of predicted numbers share: a distance between prediction and target, value by value. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock, type AnyBlockDefinition, type Finding, type LossReads } from '../block';
import type { Parameters, ValuesOf } from '../parameter';
import { lossPorts } from '../ports';
import { checkNumbers } from './loss-labels';
import { lossParameters } from './loss-parameters';

interface DistanceLoss<P extends Parameters> {
  type: string;
  title?: string;
  search: readonly string[];
  summary: string;
  /** Formula, shapes and typical mistakes. */
  help: readonly string[];
  source: string;
  parameters?: P;
  caption: (values: ValuesOf<P>) => string;
  /** Its own part of the Keras config. */
  config?: (values: ValuesOf<P>) => Record<string, number>;
  /** `values` where it is not said. */
  reads?: LossReads;
  /** Targets for which the formula is a bad choice. */
  doubt?: (label: ColumnFacts) => Finding | null;
}

export function distanceLoss<const P extends Parameters>(described: DistanceLoss<P>): AnyBlockDefinition {
  const { type, parameters, caption, config, reads = 'values', doubt } = described;
  const check = checkNumbers(type);
  // The loss' own parameters are among the values; the type of the joined record says so less simply.
  const own = (values: unknown) => values as ValuesOf<P>;
  return defineBlock({
    type,
    version: 1,
    title: described.title ?? type,
    category: 'Loss',
    search: described.search,
    summary: described.summary,
    help: described.help.join('\n\n'),
    source: described.source,
    parameters: { ...parameters, ...lossParameters },
    ports: () => lossPorts,
    caption: (values) => caption(own(values)),
    behaviour: {
      kind: 'loss',
      labels: 'values',
      task: 'regression',
      predictionMeans: () => 'values',
      reads: () => reads,
      check(prediction, label) {
        const findings = check(prediction, label);
        const found = findings.length === 0 ? doubt?.(label) : null;
        return found ? [found] : findings;
      },
      keras: (values) => ({ class_name: type, config: config?.(own(values)) ?? {} }),
    },
  });
}
