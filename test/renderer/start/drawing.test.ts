import { describe, expect, it } from 'vitest';
import { emptyDocument, type Document } from '../../../shared/document/document';
import { drawingOf } from '../../../renderer/start/drawing';
import { dataLine } from '../../../renderer/start/data-line';

const block = (type: string, x: number, y: number) => ({
  type,
  version: 1,
  title: '',
  params: {},
  position: { x, y },
});

const network: Document = {
  ...emptyDocument('some-document', '0.1.0'),
  blocks: {
    digits: block('Digits', 0, 0),
    input: block('Input', 208, 4),
    dense: block('Dense', 416, 0),
    loss: block('SparseCategoricalCrossentropy', 624, 112),
    mine: block('SomethingUnknown', 624, 0),
  },
  wires: {
    a: { from: { block: 'digits', port: 'data' }, to: { block: 'input', port: 'data' } },
    b: { from: { block: 'input', port: 'output' }, to: { block: 'dense', port: 'input' } },
    c: { from: { block: 'dense', port: 'output' }, to: { block: 'loss', port: 'prediction' } },
    dangling: { from: { block: 'gone', port: 'output' }, to: { block: 'loss', port: 'labels' } },
  },
};

describe('the small drawing of a network', () => {
  const { boxes, wires } = drawingOf(network, 200, 100);
  const box = (id: string) => boxes.find((one) => one.id === id);

  it('has a box for every block, also for unknown ones, all within the picture', () => {
    expect(boxes.map(({ id }) => id)).toEqual(Object.keys(network.blocks));
    for (const { x, y, width, height } of boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(200);
      expect(y + height).toBeLessThanOrEqual(100);
    }
  });

  it('keeps the order of the canvas: left to right, top to bottom', () => {
    expect(box('digits')?.x).toBeLessThan(box('input')?.x ?? 0);
    expect(box('input')?.x).toBeLessThan(box('dense')?.x ?? 0);
    expect(box('mine')?.y).toBeLessThan(box('loss')?.y ?? 0);
  });

  it('draws what holds weights larger than what only passes on', () => {
    expect(box('dense')?.height).toBeGreaterThan(box('loss')?.height ?? 100);
  });

  it('draws wires in the manner of their kind, and none that lead nowhere', () => {
    expect(wires.map(({ id, kind }) => [id, kind])).toEqual([
      ['a', 'dataset'],
      ['b', 'tensor'],
      ['c', 'tensor'],
    ]);
  });

  it('draws nothing of an empty document', () => {
    expect(drawingOf(emptyDocument('some-document', ''), 200, 100)).toEqual({ boxes: [], wires: [] });
  });
});

describe('the line about the data of an example', () => {
  it('counts the samples where they are known', () => {
    const facts = {
      source: 'Handwritten digits',
      n: 6000,
      parts: { train: 6000, validation: 0, test: 0 },
      columns: [],
      fingerprint: 'f',
      problems: [],
    };
    expect(dataLine({ document: { ...network, facts: { digits: facts } }, kind: 'images' })).toBe(
      'Handwritten digits, 6,000 pictures',
    );
  });

  it('names the data block where they are not', () => {
    expect(dataLine({ document: network, kind: 'images' })).not.toBe('');
  });
});
