/** Owns what looking at a trained network answers: evaluations, cells of the matrix, predicted against actual. */
import type { Part } from '../document/facts';
import type { Confusion, MetricValues } from './run';
import type { SampleView } from './samples';

export interface WorstSample {
  /** Row in the source. */
  index: number;
  /** Class name, or the number for regression; null where a sample has no one answer. */
  true: string | number | null;
  predicted: string | number | null;
  /** Of the predicted class; null where there are no classes. */
  probability: number | null;
  loss: number;
}

/** The JSON of `axonry evaluate`. */
export interface Evaluation {
  type: 'evaluation';
  run: string;
  part: Part;
  n: number;
  /** Of the first Train block of the last stage. */
  metrics: MetricValues;
  /** By Train block, where that was asked for. */
  trainers?: Record<string, MetricValues>;
  confusion?: Confusion;
  worst: WorstSample[];
}

export interface CellSample {
  /** Row in the source. */
  index: number;
  view: SampleView;
  trueClass: number;
  predictedClass: number;
  /** In the order of the confusion's labels. */
  probabilities: number[];
  loss: number;
}
export interface Cell {
  total: number;
  labels: string[];
  samples: CellSample[];
}

export interface RegressionPoint {
  index: number;
  actual: number;
  predicted: number;
}
export interface RegressionRow extends RegressionPoint {
  view: SampleView;
  error: number;
}
export interface Regression {
  n: number;
  /** Name of the target column. */
  target: string;
  points: RegressionPoint[];
  /** Largest absolute error first. */
  worst: RegressionRow[];
}

export interface LossSample {
  /** Row in the source. */
  index: number;
  view: SampleView;
  loss: number;
  /** What the network makes of it, where that is a picture. */
  made?: SampleView;
}
export interface SamplesByLoss {
  n: number;
  /** The block of the loss. */
  loss: string;
  /** Largest loss first. */
  samples: LossSample[];
}

export interface PlaneAxis {
  name: string;
  /** Least and greatest value that is shown, as the network reads it. */
  range: [number, number];
  /** What a preparation made of the column's own units; null where the network reads these. */
  scale: 'standardized' | 'scaled' | null;
}
export interface PlanePoint {
  index: number;
  x: number;
  y: number;
  trueClass: number;
  predictedClass: number;
}
/** What a network that reads two numbers decides everywhere around its samples. */
export interface Plane {
  axes: [PlaneAxis, PlaneAxis];
  labels: string[];
  /** Cells along each axis. */
  size: number;
  /** By cell, row by row from the least second value: the class, and its probability. */
  decided: number[];
  confidence: number[];
  points: PlanePoint[];
}

/** The JSON of `axonry export`. */
export interface Exported {
  type: 'export';
  path: string;
  format: string;
  files: string[];
  verified: boolean;
  /** Largest |difference| between the run's predictions and the reloaded model's; null where it was not verified. */
  maxDifference: number | null;
  /** What read the files back. */
  reader: string | null;
}
