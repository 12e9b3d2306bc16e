/**
 * Networks that nobody has thought of: drawn at random from the whole catalogue, with everything that a project can have.
 * In full, hundreds of them; `AXONRY_RANDOM_FROM` begins with another seed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { topologyOf } from '../../../electron/export/tfjs/topology';
import { full, lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { removeFolders } from '../runs';
import { agreementOf, endingsOf, keptOf, trainedRun } from './examine-project';
import { randomProject, randomProjects, type RandomProject } from './random-project';

const FROM = Number(process.env.AXONRY_RANDOM_FROM ?? 0);
/** How far the recorded step may be from the eager one: 1e-5, or what the last bit of the weights makes of it. */
const allowed = (doubt: number): number => Math.max(1e-5, 10 * doubt);

const drawn = randomProjects(full ? 300 : 6, FROM);
const named = (projects: readonly RandomProject[]) =>
  projects.map((project): [string, RandomProject] => [
    `${project.seed}: ${project.plan.layers.map(({ class_name }) => class_name).join(', ')}`,
    project,
  ]);
/** Training a whole run three times over takes longest. */
const trained = full
  ? drawn
  : [...drawn].sort((a, b) => a.plan.layers.length - b.plan.layers.length).slice(0, 2);

/** Networks of layers that TensorFlow.js has; what it lacks is left out of the next drawing. */
function exportable(count: number): RandomProject[] {
  const projects: RandomProject[] = [];
  const without = new Set(['Noise']);
  for (let seed = FROM; projects.length < count && seed < FROM + 40 * count;) {
    const project = randomProject(seed, without);
    const topology = 'plan' in project ? topologyOf(project.plan) : null;
    const block =
      topology?.ok === false ? /^The block (\S+) /.exec(topology.problem.message)?.[1] : undefined;
    const type =
      block !== undefined && 'plan' in project
        ? project.document.blocks[block.split('/')[0]]?.type
        : undefined;
    if ('plan' in project && topology?.ok) projects.push(project);
    if (type === undefined || without.has(type)) seed += 1;
    else without.add(type);
  }
  return projects;
}

describe.skipIf(lacks('the native engine', hasNative))('a network drawn at random', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it.each(named(drawn))(
    'is recorded, and learns as its eager step does: %s',
    (_, project) => {
      const { difference, doubt, eagerBecause, isFlat } = agreementOf(project);
      expect(eagerBecause).toBeNull();
      expect(difference).toBeLessThanOrEqual(allowed(doubt));
      expect(isFlat).toBe(true);
    },
    300_000,
  );

  it.each(named(trained))(
    'ends with the same bits again, and where it was stopped and went on: %s',
    async (_, project) => {
      const { whole, again, resumed, leaked, stopped, run } = await endingsOf(project);
      expect(again).toEqual(whole);
      // What was stopped before numbers broke breaks later; the run that went on says so in its own time.
      if (stopped !== 'not-finite') expect(resumed).toEqual(whole);
      expect(leaked).toEqual([0, 0]);
      const { difference } = await keptOf(project, run);
      const drawsWhenJudged = project.plan.layers.some(({ class_name }) => class_name === 'Noise');
      if (!drawsWhenJudged) expect(difference).toBeLessThanOrEqual(1e-5);
    },
    600_000,
  );

  it.each(named(exportable(full ? 60 : 2)))(
    'predicts the same where TensorFlow.js opens it: %s',
    async (_, project) => {
      const { exported } = await keptOf(project, await trainedRun(project));
      expect(exported).toBeTypeOf('number');
    },
    600_000,
  );
});
