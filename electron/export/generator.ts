/**
 * Owns what is taken away of a network that begins with noise: the generator alone, whose noise is an input, as other
 * programs know it. What judged it (a discriminator) stays behind.
 */
import type { Plan, PlanLayer, PlanTrainer } from '../../shared/compiler/plan';

const isNoise = ({ class_name }: PlanLayer): boolean => class_name === 'Noise';

/** The Train block that teaches what reads the noise first. */
function teacherOf({ layers, trainers }: Plan): PlanTrainer | undefined {
  const reached = new Set(layers.filter(isNoise).map(({ block }) => block));
  for (const { block, inbound, weights } of layers) {
    if (!inbound.some((one) => reached.has(one))) continue;
    if (weights.length > 0) return trainers.find(({ trainable }) => trainable?.includes(block) ?? true);
    reached.add(block);
  }
  return undefined;
}

/** The plan of the generator; null where no noise is in the network. Layers stand in a plan behind what they read. */
export function generatorOf(plan: Plan): Plan | null {
  const noise = plan.layers.filter(isNoise);
  if (noise.length === 0) return null;
  const { trainable = null } = teacherOf(plan) ?? {};
  const inputs = new Set([...plan.inputs, ...noise].map(({ block }) => block));
  const known = new Set(inputs);
  const layers = plan.layers.filter((layer) => {
    const { block, inbound, weights, shares } = layer;
    const isOwn = weights.length === 0 || (trainable?.includes(block) ?? true);
    const fits = !isNoise(layer) && shares === undefined && isOwn && inbound.every((one) => known.has(one));
    if (fits) known.add(block);
    return fits;
  });
  // What does not come from the noise is no part of the generator.
  const made = new Set(noise.map(({ block }) => block));
  for (const { block, inbound } of layers) if (inbound.some((one) => made.has(one))) made.add(block);
  const needed = new Set<string>();
  for (const { block, inbound } of [...layers].reverse())
    if (made.has(block) || needed.has(block)) for (const one of [block, ...inbound]) needed.add(one);
  const kept = layers.filter(({ block }) => needed.has(block));
  const read = new Set(kept.flatMap(({ inbound }) => inbound));
  return {
    ...plan,
    inputs: [
      ...plan.inputs.filter(({ block }) => read.has(block)),
      ...noise
        .filter(({ block }) => read.has(block))
        .map(({ block, output_shape }) => ({
          block,
          dataset: '',
          columns: [],
          shape: output_shape,
        })),
    ],
    layers: kept,
    outputs: kept.filter(({ block }) => made.has(block) && !read.has(block)).map(({ block }) => block),
  };
}
