/** A training that is too large for the machine is told while it is drawn. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compiler/compile';
import { apply } from '../../../shared/document/edits';
import { data, oneHotClasses, pixels } from '../data';
import { network } from '../draw';

const GB = 1e9;

/** A convolution over large pictures in batches of 256. */
const pictures = () =>
  network(
    data([pixels([128, 128, 3]), oneHotClasses(4)]),
    [],
    [['Conv2D', { filters: 32, padding: 'same', activation: 'relu' }], 'GlobalAveragePooling2D', ['Dense', { units: 4 }], 'Softmax'],
    { train: { batch_size: 256 } },
  ).document; // prettier-ignore

const said = (document: ReturnType<typeof pictures>, memory: number) =>
  compile(document, document.facts, { memory }).diagnostics.filter(({ code }) => code === 'cost/too-large');

describe('a network of large pictures', () => {
  it('is said to be too large for a machine of 6 GB, with the batch that fits', () => {
    const [found] = said(pictures(), 6 * GB);
    expect(found.block).toBe('train');
    expect(found.message).toMatch(
      /^Training needs about [\d.]+ GB of memory, .* for a batch of 256; this machine has 6\.0 GB\.$/,
    );
    const [fix] = found.fixes;
    expect(fix.label).toBe('Set batch_size to 128');
    expect(said(apply(pictures(), fix.edit), 6 * GB)).toEqual([]);
  });

  it('cannot be helped by a smaller batch where the data alone fill the memory', () => {
    const [found] = said(pictures(), 1 * GB);
    expect(found.why).toContain('Not even one sample at a time fits');
    expect(found.fixes).toEqual([]);
  });

  it('is said nothing of on a large machine, or where the machine is not known', () => {
    expect(said(pictures(), 64 * GB)).toEqual([]);
    expect(compile(pictures()).diagnostics).toEqual([]);
  });
});
