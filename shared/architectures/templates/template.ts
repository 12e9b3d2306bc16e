/** Owns what a template is: an architecture with the count of its weights that was published. */
import type { Document, Endpoint, Json } from '../../document/document';
import { Sketch } from '../sketch';

export const FAMILIES = [
  'Beginnings',
  'Pictures',
  'Segmentation',
  'Autoencoders',
  'Generative',
  'Sequences',
] as const;
export type Family = (typeof FAMILIES)[number];

export interface Template {
  /** On the command line: `resnet-50`. */
  name: string;
  title: string;
  family: Family;
  /** One or two sentences: what it is for, and what is special about it. */
  summary: string;
  /** Every weight, also those that are counted but not trained, as moving means. */
  parameters: number;
  /** Where the architecture and the count come from. */
  source: string;
  /** How many columns a row has, where the network has a form that rows should show. */
  perRow?: number;
  draw: (sketch: Sketch) => void;
}

export function documentOf({ name, draw, perRow }: Template): Document {
  const sketch = new Sketch();
  draw(sketch);
  return sketch.document(`template-${name}`, perRow);
}

/** An Input without data: the shape is that of the publication. */
export const picture = (sketch: Sketch, height: number, width = height, channels = 3): Endpoint =>
  sketch.add('Input', { shape: [height, width, channels] });

/** Handwritten digits of 28 × 28 between 0 and 1, ready for a network; `one-hot` labels or the pictures themselves. */
export function digits(sketch: Sketch, labels: 'one-hot' | 'pictures'): { input: Endpoint; data: Endpoint } {
  const split = sketch.chain(sketch.add('Digits', { count: 24_000 }), 'Split', 'Scale');
  const data = labels === 'one-hot' ? sketch.add('OneHot', {}, split) : split;
  return { input: sketch.add('Input', {}, data), data };
}

interface Training {
  loss: string;
  params?: Record<string, Json>;
  optimizer?: string;
  optimizerParams?: Record<string, Json>;
  train?: Record<string, Json>;
}

/** A loss that compares with the labels of the data, an optimizer, and Train. */
export function trained(sketch: Sketch, prediction: Endpoint, data: Endpoint, training: Training): void {
  const { loss, params, optimizer = 'Adam', optimizerParams, train } = training;
  const cost = sketch.add(loss, params, [prediction, data]);
  sketch.add('Train', train, [cost, sketch.add(optimizer, optimizerParams)]);
}
