/** A tensor that is cut into parts which go different ways. */
import { describe, expect, it } from 'vitest';
import { digitsData } from './data';
import { network, type Drawing } from './draw';

/** The last layer before the end is cut at `indices`, and its first two parts are joined again. */
const cutAt = (indices: number[]): Drawing =>
  network(digitsData(), ['OneHot'], ['Flatten', ['Dense', { units: 20 }], ['SplitTensor', { indices }], 'Concatenate', ['Dense', { units: 10 }], 'Softmax'])
    .wire('split_tensor.part_2', 'concatenate'); // prettier-ignore

const errors = (drawing: Drawing) =>
  drawing
    .compile()
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ block, code }) => `${block}: ${code}`);

describe('Split tensor', () => {
  it('has an output for each part, and the plan a Slice for each that is used', () => {
    const { plan } = cutAt([8, 15]).compile();
    const layers = plan?.layers.map(({ block, class_name, inbound, output_shape }) => ({ block, class_name, inbound, output_shape })) ?? []; // prettier-ignore
    expect(layers.slice(2, 5)).toEqual([
      { block: 'split_tensor/part_1', class_name: 'Slice', inbound: ['dense'], output_shape: [null, 8] },
      { block: 'split_tensor/part_2', class_name: 'Slice', inbound: ['dense'], output_shape: [null, 7] },
      {
        block: 'concatenate',
        class_name: 'Concatenate',
        inbound: ['split_tensor/part_1', 'split_tensor/part_2'],
        output_shape: [null, 15],
      },
    ]);
  });

  it('shows the shape of each part on its wire', () => {
    const drawing = cutAt([8]);
    const { wires } = drawing.compile();
    const shapes = Object.entries(drawing.document.wires).flatMap(([id, { from }]) =>
      from.block === 'split_tensor' ? [[from.port, wires[id].shape]] : [],
    );
    expect(Object.fromEntries(shapes)).toEqual({ part_1: [null, 8], part_2: [null, 12] });
  });

  it('says once, of itself, what is wrong with its parts', () => {
    expect(errors(cutAt([8]))).toEqual([]);
    expect(errors(cutAt([25]))).toEqual(['split_tensor: block/parameter']);
    expect(errors(cutAt([8]).set('split_tensor', 'axis', 5))).toEqual(['split_tensor: block/parameter']);
    expect(errors(cutAt([8]).set('split_tensor', 'indices', [8, 4]))).toContain('split_tensor: block/parameter'); // prettier-ignore
  });
});
