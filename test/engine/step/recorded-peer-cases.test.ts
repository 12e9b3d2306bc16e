import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildNetwork } from '../../../electron/engine/network/network';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { BATCH, STEPS, type Case } from '../../peers/parity';

const folder = path.resolve(import.meta.dirname, '../../peers/cases');
const isCase = (value: unknown): value is Case =>
  typeof value === 'object' && value !== null && 'plan' in value && 'samples' in value && 'name' in value;

/** Every case that Keras is asked, of all families. */
async function everyCase(): Promise<Case[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(files.map((file) => import(path.join(folder, file)) as Promise<object>));
  const lists = modules.flatMap((exported) => Object.values(exported) as unknown[]).filter(Array.isArray);
  return [...new Set(lists.flat().filter(isCase))];
}

interface Compared {
  name: string;
  /** Largest relative difference of the losses, or why there is none. */
  difference: number | string;
}

function compare({ name, plan, samples, weighted }: Case): Compared {
  const given = () => ({
    plan,
    trainer: plan.trainers[0],
    network: buildNetwork(plan, { seed: 4 }),
    samples,
    sampleWeights: new Map(weighted ? [['loss', weighted]] : []),
  });
  const recorded = recordedStep({ ...given(), sizes: [BATCH], together: 1, fuseFrom: 0 });
  if (!recorded.ok) return { name, difference: recorded.problem.message };
  const eager = eagerStep(given());
  let difference = 0;
  for (let i = 0; i < STEPS; i++) {
    const rows = Int32Array.from({ length: BATCH }, (_, row) => i * BATCH + row);
    const [a, b] = [recorded.value.step(rows).loss, eager.step(rows).loss];
    difference = Math.max(difference, Math.abs(a - b) / Math.max(Math.abs(b), 1e-3));
  }
  for (const step of [recorded.value, eager]) step.dispose();
  return { name, difference };
}

describe.skipIf(lacks('the native engine', hasNative))('every network that Keras is asked', () => {
  beforeAll(useNative);

  it('is also trained recorded, and the losses are those of the eager step to 1e-5', async () => {
    const cases = await everyCase();
    const table = cases.map(compare);
    const measured = table.filter(({ difference }) => typeof difference === 'number');
    const largest = [...measured].sort((a, b) => Number(b.difference) - Number(a.difference)).slice(0, 5);
    const refused = table.filter(({ difference }) => typeof difference === 'string');
    console.log(
      [
        `${measured.length} of ${table.length} cases are recorded; largest differences:`,
        ...largest.map(({ name, difference }) => `  ${Number(difference).toExponential(0)}  ${name}`),
        ...refused.map(({ name, difference }) => `  eager  ${name}: ${difference}`),
      ].join('\n'),
    );
    expect(cases.length).toBeGreaterThan(50);
    expect(measured.filter(({ difference }) => !(Number(difference) <= 1e-5))).toEqual([]);
    expect(refused).toEqual([]);
  }, 600_000);
});
