import { beforeAll, describe, expect, it } from 'vitest';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import { METRIC_NAMES } from '../../../shared/metrics/metric-kinds';
import type { Samples } from '../../../electron/engine/step/samples';
import type { Plan } from '../../../shared/compiler/plan';
import { learningRateConfig, scheduleParameter } from '../../../shared/schedules/schedules';
import { full, lacks } from '../../environment';
import { blocksOfPlan, trainedBlocks } from '../../peers/plan-blocks';
import { hasNative, useNative } from '../native';
import { everyCase, compare } from './peer-cases';
import { batches, casePlan, LOSSES, NETS, optimizer, OPTIMIZERS, stepOptions } from './recorded-cases';

/** The largest relative difference of losses over 20 steps. */
function differenceOf(plan: Plan, samples: Samples): number {
  count(plan);
  const [mine, other] = [stepOptions(plan, samples), stepOptions(plan, samples)];
  const recorded = recordedStep({ ...mine, sizes: [16] });
  if (!recorded.ok) throw new Error(recorded.problem.message);
  const eager = eagerStep(other);
  const differences = batches(20, 16).map((rows) => {
    const [a, b] = [eager.step(rows), recorded.value.step(rows)];
    return Math.abs(a.loss - b.loss) / Math.max(Math.abs(a.loss), 1e-3);
  });
  for (const step of [recorded.value, eager]) step.dispose();
  for (const { network } of [mine, other]) network.dispose();
  return Math.max(...differences);
}

/** What only search for the best step along a line: there is nothing to record. */
const SEARCHES = ['LBFGS', 'Newton', 'SteepestDescent'];
/** Of every block that learns: the networks that were trained both ways with it. */
const networks = new Map<string, number>(trainedBlocks.map(({ type }) => [type, 0]));
const count = (plan: Plan): void => {
  for (const type of blocksOfPlan(plan)) networks.set(type, (networks.get(type) ?? 0) + 1);
};

/** The largest relative difference of each metric over 5 steps. */
function metricDifferences(loss: string): Record<string, number> {
  const { plan, samples } = casePlan(Object.keys(NETS)[0], loss, 'SGD');
  plan.trainers[0].metrics = [...METRIC_NAMES];
  const recorded = recordedStep({ ...stepOptions(plan, samples), sizes: [16] });
  if (!recorded.ok) throw new Error(recorded.problem.message);
  const eager = eagerStep(stepOptions(plan, samples));
  const differences: Record<string, number> = {};
  for (const rows of batches(5, 16)) {
    const [a, b] = [eager.step(rows), recorded.value.step(rows)];
    for (const [name, value] of Object.entries(a.metrics)) {
      // A logarithm of a prediction below 0 has no value either way.
      if (Number.isNaN(value) && Number.isNaN(b.metrics[name])) continue;
      const difference = Math.abs(value - b.metrics[name]) / Math.max(Math.abs(value), 1e-3);
      differences[name] = Math.max(differences[name] ?? 0, difference);
    }
  }
  for (const step of [recorded.value, eager]) step.dispose();
  return differences;
}

describe.skipIf(lacks('the native engine', hasNative))('recorded and eager step agree', () => {
  beforeAll(useNative);

  it('for every net, loss and optimizer, to 1e-5 of the loss over 20 steps', () => {
    const table: { net: string; loss: string; optimizer: string; difference: number }[] = [];
    const [nets, losses, optimizers] = [NETS, LOSSES, OPTIMIZERS].map((cases) => Object.keys(cases));
    nets.forEach((net, i) => {
      losses.forEach((loss, j) => {
        optimizers.forEach((chosen, k) => {
          // In short: every net with every optimizer and with every loss.
          if (!full && (i + k) % losses.length !== j) return;
          const { plan, samples } = casePlan(net, loss, chosen);
          table.push({ net, loss, optimizer: chosen, difference: differenceOf(plan, samples) });
        });
      });
    });
    const row = (net: string, loss: string): string =>
      Object.keys(OPTIMIZERS)
        .map(
          (optimizer) =>
            table
              .find((line) => line.net === net && line.loss === loss && line.optimizer === optimizer)
              ?.difference.toExponential(0) ?? '    ',
        )
        .join(' | ');
    const lines = Object.keys(NETS).flatMap((net) => [
      `## ${net}`,
      ...Object.keys(LOSSES).map((loss) => `${loss.padEnd(22)} | ${row(net, loss)}`),
    ]);
    console.log(
      [`Largest relative difference of the loss: ${Object.keys(OPTIMIZERS).join(' | ')}`, ...lines].join(
        '\n',
      ),
    );
    expect(table.filter(({ difference: found }) => !(found <= 1e-5))).toEqual([]);
  }, 3_600_000);

  it.each(['sparse categorical', 'binary', 'squared error', 'categorical hinge', 'hinge'])(
    'for every metric that is counted at each step, %s',
    (loss) => {
      const differences = metricDifferences(loss);
      expect(Object.keys(differences).length).toBeGreaterThan(4);
      expect(Object.entries(differences).filter(([, found]) => !(found <= 1e-4))).toEqual([]);
    },
    600_000,
  );

  it('for every learning rate schedule', () => {
    const { plan, samples } = casePlan(Object.keys(NETS)[0], 'sparse categorical', 'SGD');
    const differences = scheduleParameter.options.map(({ class_name }) => {
      const learning_rate = learningRateConfig(0.05, { class_name, config: {} });
      const scheduled = structuredClone(plan);
      scheduled.trainers[0].optimizer = optimizer('SGD', { learning_rate });
      return { class_name, difference: differenceOf(scheduled, samples) };
    });
    console.log(
      differences
        .map(({ class_name, difference }) => `${class_name.padEnd(26)} ${difference.toExponential(0)}`)
        .join('\n'),
    );
    expect(differences.filter(({ difference: found }) => !(found <= 1e-5))).toEqual([]);
  }, 600_000);

  it('for every network that Keras is asked', async () => {
    const cases = await everyCase();
    const table = cases.map((one) => {
      count(one.plan);
      return compare(one);
    });
    const refused = table.filter(({ difference }) => typeof difference === 'string');
    console.log(
      [
        'Largest relative difference of the loss, by network:',
        ...table.map(
          ({ name, difference }) =>
            `${name.padEnd(60)} ${typeof difference === 'number' ? difference.toExponential(0) : `eager: ${difference}`}`,
        ),
        `${table.length - refused.length} of ${table.length} networks are recorded`,
      ].join('\n'),
    );
    expect(cases.length).toBeGreaterThan(50);
    expect(table.filter(({ difference: found }) => !(typeof found === 'number' && found <= 1e-5))).toEqual(
      [],
    );
  }, 600_000);

  it('with every block of the catalogue that learns', () => {
    const missing = [...networks]
      .filter(([type, n]) => n === 0 && !SEARCHES.includes(type))
      .map(([type]) => type);
    console.log(
      `${networks.size - missing.length - SEARCHES.length} of the ${networks.size} blocks that learn were trained recorded and eager; ${SEARCHES.join(', ')} search along a line and are not recorded; missing: ${missing.join(', ') || 'none'}`,
    );
    expect(missing).toEqual([]);
  });
});
