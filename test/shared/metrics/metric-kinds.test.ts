/** The names of figures: what they measure, of which loss and class. */
import { describe, expect, it } from 'vitest';
import { averagePrecision, rocAuc } from '../../../shared/metrics/ranking';
import { defaultMetrics, metricOf } from '../../../shared/metrics/metric-kinds';
import { isShare, metricText, metricTitle } from '../../../renderer/training/figures';

describe('a figure of a run', () => {
  it('is known behind val_, a loss’ id and a class', () => {
    expect(metricOf('val_accuracy')).toBe('accuracy');
    expect(metricOf('out_top_k_categorical_accuracy')).toBe('top_k_categorical_accuracy');
    expect(metricOf('val_loss_2_balanced_accuracy')).toBe('balanced_accuracy');
    expect(metricOf('f1_score[big cat]')).toBe('f1_score');
    expect(metricOf('price_loss')).toBeNull();
  });

  it('is called by what it measures, and of what', () => {
    expect(metricTitle('accuracy')).toBe('Accuracy');
    expect(metricTitle('f1_score[cat]')).toBe('F1 of cat');
    expect(metricTitle('class_loss_auc')).toBe('Area under the ROC curve of class_loss');
    expect(metricTitle('price_loss_loss')).toBe('Loss of price_loss');
    expect(metricText('balanced_accuracy', 0.5)).toBe('50\u2009%');
    expect([isShare('a_accuracy'), isShare('r2_score')]).toEqual([true, false]);
  });

  it('is by default the accuracy of classes and the distance of numbers', () => {
    expect(defaultMetrics(['binary', 'regression'])).toEqual(['accuracy', 'mean_absolute_error']);
  });
});

describe('the order of scores', () => {
  it('counts equal scores half', () => {
    expect(rocAuc([0.9, 0.1], (i) => i === 0)).toBe(1);
    expect(rocAuc([0.5, 0.5], (i) => i === 0)).toBe(0.5);
    expect(rocAuc([0.1, 0.9], (i) => i === 0)).toBe(0);
    expect(averagePrecision([3, 2, 1], (i) => i !== 1)).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });
});
