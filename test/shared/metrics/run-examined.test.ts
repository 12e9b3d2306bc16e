/** Every rule of an examined step fires where it should and is silent at a near miss. */
import { describe, expect, it } from 'vitest';
import { examinationRules } from '../../../shared/metrics/run-examined';
import type { ExaminedBlock, Examination } from '../../../shared/protocol/run';

type Part = Partial<ExaminedBlock> & { block: string };

const examined = (blocks: Part[], loss = 0.2): Examination => ({
  epoch: 2,
  step: 80,
  batchSize: 32,
  loss,
  milliseconds: { input: 1, forward: 1, backward: 1, update: 1 },
  run: { step: 4, telemetry: 0 },
  blocks: blocks.map((block) => ({ forward: 1, backward: 1, ...block })),
});
const found = (blocks: Part[], loss?: number, firstLoss = 1.1) =>
  examinationRules(examined(blocks, loss), { block: 'train', firstLoss });
const codes = (...given: Parameters<typeof found>) => found(...given).map(({ code }) => code);

const units = (dead: number, more: Partial<NonNullable<ExaminedBlock['units']>> = {}) => ({
  activation: 'relu',
  all: 32,
  dead,
  saturated: 0,
  samples: 256,
  ...more,
});
/** 100 weights, so that the slope is a tenth of the gradient's norm. */
const learning = (gradient: number, { weight = 5, update = 0.005 } = {}) => ({
  weights: 100,
  gradient,
  weight,
  update,
});

describe('run/dead-units', () => {
  it('names the layer and counts its units that answer 0 to every sample', () => {
    const [dead, ...more] = found([{ block: 'dense_1', units: units(20) }]);
    expect(more).toEqual([]);
    expect(dead).toMatchObject({ code: 'run/dead-units', block: 'dense_1', epoch: 2, step: 80 });
    expect(dead.message).toBe('20 of the 32 units of dense_1 answer 0 to each of 256 training samples.');
  });
  it('is silent with a few, and where too few samples were looked at', () => {
    expect(codes([{ block: 'dense_1', units: units(10) }])).toEqual([]);
    expect(codes([{ block: 'dense_1', units: units(20, { samples: 16 }) }])).toEqual([]);
  });
});

describe('run/saturated', () => {
  it('names the layer whose answers lie in the flat ends', () => {
    const tanh = { activation: 'tanh', saturated: 0.8 };
    expect(found([{ block: 'hidden', units: units(0, tanh) }])[0]).toMatchObject({
      code: 'run/saturated',
      message: '80.0 % of the answers of hidden lie in the flat ends of tanh.',
    });
  });
  it('is silent while half of them have a slope', () => {
    expect(codes([{ block: 'hidden', units: units(0, { activation: 'tanh', saturated: 0.5 }) }])).toEqual([]);
  });
});

describe('run/vanishing and run/exploding', () => {
  const chain = (first: number, last: number): Part[] => [
    { block: 'first', learning: learning(first) },
    { block: 'last', learning: learning(last) },
  ];
  it('name the layer where the gradient is lost or grows without end', () => {
    expect(found(chain(1e-6, 1))[0]).toMatchObject({ code: 'run/vanishing', block: 'first' });
    expect(found(chain(2e4, 1))[0]).toMatchObject({ code: 'run/exploding', block: 'first' });
  });
  it('are silent for the differences that every network has, and where a layer is left out of learning', () => {
    expect(codes(chain(1e-3, 1))).toEqual([]);
    expect(codes(chain(1e3, 1))).toEqual([]);
    expect(codes(chain(0, 1))).toEqual([]);
  });
});

describe('run/large-updates', () => {
  it('says by how much one step changes a layer', () => {
    const leap = { block: 'dense', learning: learning(1, { weight: 2, update: 0.5 }) };
    expect(found([leap])[0]).toMatchObject({ code: 'run/large-updates', severity: 'hint', block: 'dense' });
    expect(found([leap])[0].message).toContain('25.0 %');
  });
  it('is silent at a hundredth, and for weights that begin at zero', () => {
    expect(codes([{ block: 'dense', learning: learning(1, { weight: 2, update: 0.02 }) }])).toEqual([]);
    expect(codes([{ block: 'dense', learning: learning(1, { weight: 0, update: 0.02 }) }])).toEqual([]);
  });
});

describe('run/saddle', () => {
  const flat: Part[] = [{ block: 'dense', learning: learning(1e-7) }];
  it('fires where nothing has a slope though the loss is as high as at first', () => {
    expect(found(flat, 1.09)[0]).toMatchObject({ code: 'run/saddle', block: 'train' });
  });
  it('is silent at a minimum, and where there is a slope', () => {
    expect(codes(flat, 0.01)).toEqual([]);
    expect(codes([{ block: 'dense', learning: learning(1e-2) }], 1.09)).toEqual([]);
  });
});
