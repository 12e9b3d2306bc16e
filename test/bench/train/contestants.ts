/** Owns who takes part in the measurement: our worker as the engine itself is built, and Keras in its three forms. */
import path from 'node:path';
import { build } from 'vite';
import { peerPython } from '../../../scripts/peers.mjs';
import type { Plan } from '../../../shared/compiler/plan';
import { idle, type CompetitorSketch, type Figures } from './competitor';
import type { Task } from './worker';
import { samplesOf, type Workload } from './workloads';

const here = import.meta.dirname;
/** The worker's file lies outside the project, so Node is told where its modules are. */
export const modules = path.resolve(here, '../../../node_modules');

/** One file that Node runs as it is. */
export async function bundledWorker(folder: string, name = 'worker'): Promise<string> {
  await build({
    configFile: path.resolve(here, '../../../vite.electron.config.ts'),
    logLevel: 'error',
    build: {
      outDir: folder,
      lib: { entry: path.join(here, `${name}.ts`), formats: ['cjs'], fileName: () => `${name}.cjs` },
    },
  });
  return path.join(folder, `${name}.cjs`);
}

export const ours = (worker: string, name = 'ours', env: Record<string, string> = {}): CompetitorSketch => ({
  name,
  command: process.execPath,
  args: [worker],
  env: { NODE_PATH: modules, ...env },
});

export const taskOf = (workload: Workload, plan: Plan): Task => ({
  plan,
  input: workload.input,
  classes: workload.classes,
  n: samplesOf(workload),
  jit: false,
  stepsPerExecution: 1,
});

/** Ours first; `missing`: who cannot be had here, with the reason as the note. */
export function contestants(
  worker: string,
  workload: Workload,
): { sketches: CompetitorSketch[]; missing: Figures[] } {
  const sketches = [ours(worker), ours(worker, 'tfjsNode', { AXONRY_STEP: 'eager' })];
  const missing: Figures[] = [];
  const keras = (name: string, python: { interpreter?: string; reason?: string }, env: string, task: CompetitorSketch['task'] = {}): void => {
    if (python.interpreter === undefined) missing.push({ ...idle(name), note: python.reason ?? '' });
    else sketches.push({ name, command: python.interpreter, args: [path.join(here, 'keras_worker.py')], env: { KERAS_BACKEND: env }, task });
  }; // prettier-ignore
  const tensorflow = peerPython();
  keras('keras', tensorflow, 'tensorflow');
  if (workload.asked.kerasSteps !== undefined)
    keras('kerasSteps', tensorflow, 'tensorflow', { stepsPerExecution: 32 });
  keras('kerasXla', tensorflow, 'tensorflow', { jit: true });
  // A step of its own with several optimizers is another program on JAX, which is far behind for convolutions anyway.
  if (workload.whole === undefined)
    keras('kerasJax', peerPython(path.join(here, 'jax-requirements.txt')), 'jax');
  return { sketches, missing };
}
