/** What is foretold of the time that a network takes to train, before it is trained. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/document/document';
import type { Plan } from '../../shared/compiler/plan';
import { runSeconds, stepKey } from '../../shared/compiler/run-time';
import { stepTime } from '../../shared/compiler/step-time';
import type { Rates } from '../../shared/protocol/calibration';
import { classes, column, data } from './data';
import { draw } from './draw';

const rates: Rates = { products: 60e9, convolutions: 60e9, bytes: 30e9, operation: 1.5e-6 };

type Layer = [string, Record<string, Json>];
function planOf(layers: Layer[], train: Record<string, Json> = {}, shape = [28, 28, 1]): Plan {
  const facts = data([column({ name: 'x', shape }), classes(10)], { n: 1000, parts: { train: 800, validation: 200, test: 0 } }); // prettier-ignore
  const drawing = draw()
    .place('Digits', {}, { id: 'data', facts })
    .chain('data', 'Input', ...layers);
  const last = Object.keys(drawing.document.blocks).at(-1) as string;
  drawing
    .place('SparseCategoricalCrossentropy', {}, { id: 'loss' }).wire(last, 'loss').wire('data', 'loss')
    .place('Adam', {}, { id: 'optimizer' })
    .place('Train', { batch_size: 32, ...train }, { id: 'train' }).wire('loss', 'train').wire('optimizer', 'train'); // prettier-ignore
  const { plan, diagnostics } = drawing.compile();
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join(' '));
  return plan;
}
const dense = (units: number, activation = 'relu'): Layer => ['Dense', { units, activation }];
const end: Layer[] = [['Flatten', {}], dense(10, 'softmax')];
const step = (plan: Plan, given = rates): number => stepTime(plan, given).step;

describe('the time of a step', () => {
  it('grows with the network and with the batch', () => {
    const small = planOf([['Flatten', {}], dense(64), dense(10, 'softmax')]);
    const wide = planOf([['Flatten', {}], dense(2048), dense(10, 'softmax')]);
    const deep = planOf([['Flatten', {}], dense(2048), dense(2048), dense(10, 'softmax')]);
    expect(step(wide)).toBeGreaterThan(4 * step(small));
    expect(step(deep)).toBeGreaterThan(step(wide));
    const large = planOf([['Conv2D', { filters: 32 }], ...end], { batch_size: 256 });
    expect(step(large)).toBeGreaterThan(4 * step(planOf([['Conv2D', { filters: 32 }], ...end])));
  });

  it('is half on a computer that does everything twice as fast', () => {
    const plan = planOf([['Conv2D', { filters: 32 }], ['MaxPooling2D', {}], ...end]);
    const fast = { products: 120e9, convolutions: 120e9, bytes: 60e9, operation: 0.75e-6 };
    expect(step(plan, fast)).toBeCloseTo(step(plan) / 2, 10);
  });

  it('is told for each block, where the convolution between maps has most of it', () => {
    const plan = planOf([['Conv2D', { filters: 64 }], ['Conv2D', { filters: 64 }], ...end]);
    const { blocks, step: whole } = stepTime(plan, rates);
    expect([...blocks.keys()]).toEqual(plan.layers.map(({ block }) => block));
    expect([...blocks.values()].reduce((sum, one) => sum + one, 0)).toBeLessThan(whole);
    expect(blocks.get('conv2d_2')).toBeGreaterThan(whole / 2);
  });

  it('of a recurrent layer grows with the steps of its sequences', () => {
    const lstm = (steps: number) => planOf([['LSTM', { units: 64 }], dense(10, 'softmax')], {}, [steps, 8]);
    expect(step(lstm(200))).toBeGreaterThan(5 * step(lstm(20)));
  });

  it('counts every update of Train blocks that take turns', () => {
    const plan = planOf(end);
    const [trainer] = plan.trainers;
    const turns = { ...plan, trainers: [trainer, { ...trainer, block: 'other', steps_per_turn: 2 }] };
    expect(step(turns)).toBeGreaterThan(2 * step(plan));
  });
});

describe('the time of a run', () => {
  const rows = { train: 800, validation: 200, test: 0 };

  it('is that of its steps and of looking at the validation part', () => {
    const [short, long] = [planOf(end, { epochs: 5 }), planOf(end, { epochs: 50 })];
    const [few, many] = [runSeconds(short, rows, [0.1]), runSeconds(long, rows, [0.1])];
    expect(many).toBeGreaterThan(50 * 25 * 0.1);
    expect(many / few).toBeGreaterThan(8);
    expect(runSeconds(long, { ...rows, validation: 0 }, [0.1])).toBeLessThan(many);
  });

  it('of two runs that differ in epochs alone is told by steps that take equally long', () => {
    expect(stepKey(planOf(end, { epochs: 5 }))).toBe(stepKey(planOf(end, { epochs: 50 })));
    expect(stepKey(planOf(end, { batch_size: 64 }))).not.toBe(stepKey(planOf(end)));
    expect(stepKey(planOf([['Flatten', {}], dense(11), dense(10, 'softmax')]))).not.toBe(
      stepKey(planOf(end)),
    );
  });
});
