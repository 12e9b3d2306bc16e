/** A remark on a run offers the change that it speaks of, and no other. */
import { describe, expect, it } from 'vitest';
import { apply } from '../../../shared/document/edits';
import { runFixes } from '../../../shared/metrics/run-fixes';
import type { RunDiagnostic } from '../../../shared/protocol/run';
import { classes, data, features } from '../data';
import { network } from '../draw';

const drawing = network(
  data([...features(2), classes(3)]),
  [],
  [['Dense', { units: 3, activation: 'softmax' }]],
  {
    loss: 'SparseCategoricalCrossentropy',
  },
);
const remark = (code: string, block: string | null = 'train'): RunDiagnostic => ({
  code,
  severity: 'warning',
  block,
  message: '',
  why: '',
});
const offered = (code: string, block?: string | null, document = drawing.document) =>
  runFixes(remark(code, block), document);

describe('a remark on a run', () => {
  it.each([
    ['run/not-finite', 'dense', 'optimizer', 'learning_rate', 0.0001],
    ['run/diverging', 'train', 'optimizer', 'learning_rate', 0.0001],
    ['run/overfit', 'train', 'train', 'early_stopping', true],
    ['run/underfit', 'train', 'train', 'epochs', 20],
    ['run/class-ignored', 'train', 'train', 'class_weight', 'balanced'],
  ])('%s changes what it speaks of', (code, block, id, name, value) => {
    const [{ edit }] = offered(code, block);
    expect(apply(drawing.document, edit).blocks[id].params[name]).toEqual(value);
  });

  it('offers a tenth of the rate that is set now', () => {
    const { document } = drawing.set('optimizer', 'learning_rate', 0.03);
    expect(offered('run/diverging', 'train', document)[0].label).toBe('Set learning_rate to 0.003');
  });

  it('offers a usual rate after one that was far off', () => {
    const { document } = drawing.set('optimizer', 'learning_rate', 1e30);
    expect(offered('run/not-finite', 'dense', document)[0].label).toBe('Set learning_rate to 0.01');
  });

  it('offers nothing where that is set already, where nothing is to change, or the network is another one by now', () => {
    const { document } = drawing.set('train', 'early_stopping', true);
    expect(offered('run/overfit', 'train', document)).toEqual([]);
    expect(offered('run/metric-sample')).toEqual([]);
    const { train: _, ...blocks } = document.blocks;
    expect(offered('run/diverging', 'train', { ...document, blocks })).toEqual([]);
  });
});
