/** A remark on a run offers the change that it speaks of, and no other. */
import { describe, expect, it } from 'vitest';
import { apply } from '../../../shared/document/edits';
import { runFixes } from '../../../shared/metrics/run-fixes';
import { lowerRate } from '../../../shared/metrics/lower-rate';
import { runDiagnostics } from '../../../shared/metrics/run-diagnostics';
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
    ['run/overfit', 'train', 'train', 'early_stopping', true],
    ['run/class-ignored', 'train', 'train', 'class_weight', 'balanced'],
  ])('%s changes what it speaks of', (code, block, id, name, value) => {
    const [{ edit }] = offered(code, block);
    expect(apply(drawing.document, edit).blocks[id].params[name]).toEqual(value);
  });

  it('offers the very rate that its sentence names, and nothing once that is set', () => {
    const [grows] = runDiagnostics(
      [0.6, 0.7, 0.9, 1.2].map((loss, i) => ({ epoch: i + 1, train: { loss, n: 100 } })),
      { block: 'train', ended: false, lowerRate: lowerRate(0.3, 'Adam') },
    );
    expect(grows.why).toContain('Try 0.03.');
    const { document } = drawing.set('optimizer', 'learning_rate', 0.3);
    const [fix] = runFixes(grows, document);
    expect(fix.label).toBe('Set learning_rate to 0.03');
    expect(runFixes(grows, apply(document, fix.edit))).toEqual([]);
  });

  it('offers twice the epochs of its own run, whatever the block has by now, and nothing where that is as much', () => {
    const losses = [1, 0.8, 0.6, 0.5, 0.4];
    const [learns] = runDiagnostics(
      losses.map((loss, i) => ({ epoch: i + 1, train: { loss, n: 100 } })),
      { block: 'train', ended: true },
    );
    expect(learns.code).toBe('run/underfit');
    const labels = (epochs: number) =>
      runFixes(learns, drawing.set('train', 'epochs', epochs).document).map(({ label }) => label);
    expect(labels(5)).toEqual(['Set epochs to 10']);
    expect(labels(7)).toEqual(['Set epochs to 10']);
    expect(labels(10)).toEqual([]);
    expect(labels(1000)).toEqual([]);
  });

  it('advises a tenth of a rate, and after an absurd one what the optimizer begins with', () => {
    expect(lowerRate(0.01, 'Adam')).toBe(0.001);
    expect(lowerRate(1e30, 'Adam')).toBe(0.001);
    expect(lowerRate(1e30, 'SGD')).toBe(0.01);
  });

  it('offers nothing where that is set already, where nothing is to change, or the network is another one by now', () => {
    const { document } = drawing.set('train', 'early_stopping', true);
    expect(offered('run/overfit', 'train', document)).toEqual([]);
    expect(offered('run/metric-sample')).toEqual([]);
    const { train: _, ...blocks } = document.blocks;
    expect(offered('run/overfit', 'train', { ...document, blocks })).toEqual([]);
  });
});
