import { beforeAll, describe, expect, it } from 'vitest';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import { METRIC_NAMES } from '../../../shared/metrics/metric-kinds';
import { full, lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { batches, casePlan, LOSSES, NETS, OPTIMIZERS, stepOptions } from './recorded-cases';

/** The largest relative difference of losses over 20 steps. */
function difference(net: string, loss: string, optimizer: string): number {
  const { plan, samples } = casePlan(net, loss, optimizer);
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
        optimizers.forEach((optimizer, k) => {
          // In short: every net with every optimizer and with every loss.
          if (full || (i + k) % losses.length === j)
            table.push({ net, loss, optimizer, difference: difference(net, loss, optimizer) });
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
  }, 300_000);

  it.each(['sparse categorical', 'binary', 'squared error', 'categorical hinge', 'hinge'])(
    'for every metric that is counted at each step, %s',
    (loss) => {
      const differences = metricDifferences(loss);
      expect(Object.keys(differences).length).toBeGreaterThan(4);
      expect(Object.entries(differences).filter(([, found]) => !(found <= 1e-4))).toEqual([]);
    },
    60_000,
  );
});
