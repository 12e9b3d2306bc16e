import { describe, expect, it } from 'vitest';
import { captionOf, footOf } from '../../renderer/canvas/block-text';
import { definitionOf, valuesOf } from '../../shared/blocks/catalogue';
import type { BlockResult } from '../../shared/compiler/compilation';
import { compile } from '../../shared/compiler/compile';
import type { Block } from '../../shared/document/document';
import type { DataFacts } from '../../shared/document/facts';
import { documentOf } from '../host/hosted';

const pictures = (parts: DataFacts['parts']): DataFacts => ({
  source: 'pictures',
  n: parts.train + parts.validation + parts.test,
  parts,
  columns: [],
  fingerprint: '',
  problems: [],
});

const textOn = (block: Block, result: BlockResult | undefined, unread = false) => {
  const definition = definitionOf(block.type);
  return [
    captionOf(definition, valuesOf(block), result),
    footOf(block, definition, result, { cost: null, unread }),
  ];
};

describe('a Split', () => {
  const document = documentOf({ data: ['IDXImages', { folder: 'pictures' }], split: ['Split'] }, [
    ['data.data', 'split.data'],
  ]);
  const shown = (parts: DataFacts['parts']) =>
    textOn(document.blocks.split, compile(document, { data: pictures(parts) }).blocks.split);

  it('says what each part has, where the data bring a test part of their own', () => {
    expect(shown({ train: 300, validation: 0, test: 60 })).toEqual(['75 / 8 / 17 %', '270 / 30 / 60']);
  });

  it('says the shares that were asked for where the data have no parts', () => {
    expect(shown({ train: 1000, validation: 0, test: 0 })).toEqual(['80 / 10 / 10 %', '800 / 100 / 100']);
  });

  it('says what is asked for while there are no data', () => {
    expect(textOn(document.blocks.split, undefined)).toEqual(['80 / 10 / 10 %', 'no data yet']);
  });

  it('does not count the samples of a source that could not be read', () => {
    const { blocks } = compile(document, { data: pictures({ train: 300, validation: 0, test: 60 }) });
    expect(textOn(document.blocks.data, blocks.data, true)[1]).toBe('could not be read');
  });
});
