/** Every network that Keras is asked, trained recorded beside the eager step. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildNetwork } from '../../../electron/engine/network/network';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import { BATCH, STEPS, type Case } from '../../peers/parity';

const folder = path.resolve(import.meta.dirname, '../../peers/cases');
const isCase = (value: unknown): value is Case =>
  typeof value === 'object' && value !== null && 'plan' in value && 'samples' in value && 'name' in value;

/** Every case that Keras is asked, of all families. */
export async function everyCase(): Promise<Case[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(files.map((file) => import(path.join(folder, file)) as Promise<object>));
  const lists = modules.flatMap((exported) => Object.values(exported) as unknown[]).filter(Array.isArray);
  return [...new Set(lists.flat().filter(isCase))];
}

export interface Compared {
  name: string;
  /** Largest relative difference of the losses, or why there is none. */
  difference: number | string;
}

export function compare({ name, plan, samples, weighted }: Case): Compared {
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
