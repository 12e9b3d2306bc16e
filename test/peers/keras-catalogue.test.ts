/** Whatever class Keras 3 has is in the catalogue, or stands in a list that says why not. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../shared/blocks/activation/functions';
import { catalogue, defaultsOf, definitionOf } from '../../shared/blocks/catalogue';
import { METRIC_NAMES } from '../../shared/metrics/metric-kinds';
import { scheduleParameter } from '../../shared/schedules/schedules';
import { lacks, peerPython } from '../environment';
import { LEFT_OUT, METRIC_OF, type Module } from './left-out';

const MODULES = Object.keys(LEFT_OUT) as Module[];

/** The classes of Keras that blocks of this kind stand for. */
const blocksOf = (kind: string): string[] =>
  Object.values(catalogue).flatMap(({ type, behaviour }) => {
    if (behaviour.kind !== kind || !('keras' in behaviour)) return [];
    const { registered_name, class_name } = behaviour.keras(defaultsOf(type));
    return registered_name === undefined ? [class_name, type] : [];
  });

const optionsOf = (type: string, name: string): string[] => {
  const parameter = definitionOf(type)?.parameters[name];
  if (parameter?.kind !== 'configured') throw new Error(`${type} has no choice ${name}`);
  return parameter.options.map(({ class_name }) => class_name);
};

/** `MeanIoU` and `mean_io_u` are one word. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
const metrics = new Set(METRIC_NAMES.map(plain));

const HAS: Readonly<Record<Module, (name: string) => boolean>> = {
  layers: (name) => blocksOf('layer').includes(name),
  losses: (name) => blocksOf('loss').includes(name),
  optimizers: (name) => blocksOf('optimizer').includes(name),
  metrics: (name) => metrics.has(plain(METRIC_OF[name] ?? name)),
  schedules: (name) => scheduleParameter.options.some(({ class_name }) => class_name === name),
  initializers: (name) => optionsOf('Dense', 'kernel_initializer').includes(name),
  constraints: (name) => optionsOf('Dense', 'kernel_constraint').includes(name),
  // A penalty is one parameter with the numbers of these two.
  regularizers: (name) => ['L1L2', 'OrthogonalRegularizer'].includes(name),
  activations: (name) => (ACTIVATIONS as readonly string[]).includes(name),
};

describe.skipIf(lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null))('of what Keras 3 has', () => {
  let keras: Record<Module, string[]>;
  beforeAll(() => {
    const script = path.join(import.meta.dirname, 'keras_names.py');
    keras = JSON.parse(
      execFileSync(peerPython ?? '', [script], { stdio: 'pipe' }).toString(),
    ) as typeof keras;
  }, 300_000);

  it.each(MODULES)('all %s are in the catalogue or left out with a reason', (module) => {
    const unexplained = keras[module].filter((name) => !HAS[module](name) && !(name in LEFT_OUT[module]));
    expect(unexplained).toEqual([]);
    const there = keras[module].filter(HAS[module]).length;
    console.log(
      `${module}: ${there} of ${keras[module].length}, ${Object.keys(LEFT_OUT[module]).length} left out`,
    );
  });

  it.each(MODULES)('no reason is left over for %s that are there, or that Keras has no more', (module) => {
    const left = Object.keys(LEFT_OUT[module]);
    expect(left.filter((name) => HAS[module](name) || !keras[module].includes(name))).toEqual([]);
  });
});
