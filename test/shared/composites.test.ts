/** Blocks made of blocks: what is inside is trained as if it stood outside, and named by its path. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/compiler/compile';
import { portsOf } from '../../shared/compiler/connect';
import { definitionIn } from '../../shared/compiler/composites';
import type { Composite, Document, Json } from '../../shared/document/document';
import { apply, invert, removeBlocks, type Edit } from '../../shared/document/edits';
import { loadDocument, saveText } from '../../shared/document/load';
import { digitsData } from './data';
import { draw, network } from './draw';

/** A composite drawn as a network between two junctions, `input` and `output`. */
function compositeOf(title: string, layers: (string | [string, Record<string, Json>])[]): Composite {
  const drawing = draw()
    .place('Junction', {}, { id: 'input' })
    .chain('input', ...layers);
  const last = Object.keys(drawing.document.blocks).at(-1) ?? 'input';
  const { blocks, wires } = drawing.place('Junction', {}, { id: 'output' }).wire(last, 'output').document;
  return {
    title, blocks, wires,
    ports: {
      inputs: { input: { block: 'input', port: 'input' } },
      outputs: { output: { block: 'output', port: 'output' } },
    },
    exposed: {},
  }; // prettier-ignore
}

const convolution = (): Composite => ({
  ...compositeOf('Convolution', [['Conv2D', { filters: 8, padding: 'same' }], 'BatchNormalization', 'ReLU']),
  exposed: { filters: { block: 'conv2d', param: 'filters' } },
});

/** Digits through `stage` blocks of composite `stage`, then a classifier. */
function withStage(composites: Record<string, Composite>, params: Record<string, Json> = {}): Document {
  const { document } = network(
    digitsData(),
    ['Split', 'Scale', 'OneHot'],
    ['Flatten', ['Dense', { units: 10 }], 'Softmax'],
  );
  const stage = { type: 'stage', version: 1, title: '', params, position: { x: 0, y: 0 } };
  const wire = Object.entries(document.wires).find(([, { to }]) => to.block === 'flatten')?.[0] ?? '';
  return {
    ...document,
    blocks: { ...document.blocks, stage },
    wires: {
      ...document.wires,
      [wire]: { from: { block: 'input', port: 'output' }, to: { block: 'stage', port: 'input' } },
      w90: { from: { block: 'stage', port: 'output' }, to: { block: 'flatten', port: 'input' } },
    },
    composites,
  };
}

describe('a composite block', () => {
  it('trains the blocks inside, named by their path', () => {
    const { plan, diagnostics, blocks, wires } = compile(withStage({ stage: convolution() }));
    expect(diagnostics).toEqual([]);
    expect(plan?.layers.map(({ block, inbound }) => [block, inbound])).toEqual([
      ['stage/conv2d', ['input']],
      ['stage/batch_normalization', ['stage/conv2d']],
      ['stage/re_lu', ['stage/batch_normalization']],
      ['flatten', ['stage/re_lu']],
      ['dense', ['flatten']],
      ['softmax', ['dense']],
    ]);
    expect(blocks.stage).toMatchObject({
      inputs: { input: [[null, 28, 28, 1]] },
      output: [null, 28, 28, 8],
      parameters: 80 + 32,
      severity: null,
    });
    expect(wires.w90).toMatchObject({ shape: [null, 28, 28, 8], wrong: false });
  });

  it('has the ports and the parameters that it shows, with the values inside as defaults', () => {
    const document = withStage({ stage: convolution() });
    expect(portsOf(document, 'stage')).toEqual({
      inputs: [{ name: 'input', kind: 'tensor' }],
      outputs: [{ name: 'output', kind: 'tensor' }],
    });
    const { parameters } = definitionIn(document.composites, 'stage') ?? {};
    expect(parameters).toMatchObject({
      filters: { kind: 'integer', default: 8 },
      repeat: { kind: 'integer', default: 1 },
    });
    expect(compile(withStage({ stage: convolution() }, { filters: 3 })).blocks.stage.output).toEqual([
      null, 28, 28, 3,
    ]); // prettier-ignore
  });

  it('sets several inner parameters at once, some of them several times over', () => {
    const wide: Composite = {
      ...compositeOf('Wide', [['Conv2D', { filters: 2 }], 'ReLU', ['Conv2D', { filters: 8 }]]),
      exposed: {
        filters: {
          block: 'conv2d',
          param: 'filters',
          also: [{ block: 'conv2d_2', param: 'filters', times: 4 }],
        },
      },
    };
    const { blocks } = compile(withStage({ stage: wide }, { filters: 3 }));
    expect(blocks['stage/conv2d'].output?.at(-1)).toBe(3);
    expect(blocks.stage.output?.at(-1)).toBe(12);
  });

  it('stands several times one behind the other, each with weights of its own', () => {
    const { plan, diagnostics, blocks } = compile(withStage({ stage: convolution() }, { repeat: 3 }));
    expect(diagnostics).toEqual([]);
    const convolutions = plan?.layers.filter(({ class_name }) => class_name === 'Conv2D') ?? [];
    expect(convolutions.map(({ block }) => block)).toEqual([
      'stage/conv2d',
      'stage~2/conv2d',
      'stage~3/conv2d',
    ]);
    expect(convolutions[2].inbound).toEqual(['stage~2/re_lu']);
    expect(blocks.stage.parameters).toBe(80 + 32 + 2 * (584 + 32));
  });

  it('may hold other composites', () => {
    const outer = compositeOf('Outer', [['Conv2D', { filters: 4 }], 'ReLU']);
    outer.blocks.re_lu = { ...outer.blocks.re_lu, type: 'inner' };
    const { plan, blocks } = compile(withStage({ stage: outer, inner: convolution() }, { repeat: 2 }));
    expect(plan?.layers.map(({ block }) => block)).toContain('stage~2/re_lu/conv2d');
    expect(blocks['stage/re_lu'].parameters).toBe(4 * 9 * 8 + 8 + 32);
    expect(blocks.stage.output).toEqual([null, 24, 24, 8]);
  });

  it('that holds itself is refused with a sentence', () => {
    const loop = convolution();
    loop.blocks.re_lu = { ...loop.blocks.re_lu, type: 'stage' };
    const { plan, diagnostics } = compile(withStage({ stage: loop }));
    expect(plan).toBeNull();
    expect(diagnostics.find(({ code }) => code === 'graph/composite')).toMatchObject({
      block: 'stage/re_lu',
      message: 'Convolution cannot be opened: it holds itself, so it would never end.',
    });
  });

  it('can be bypassed and muted as any block', () => {
    const document = withStage({ stage: convolution() });
    const bypassed = compile(apply(document, { kind: 'set-mode', id: 'stage', mode: 'bypassed' }));
    expect(bypassed.plan?.layers[0]).toMatchObject({ block: 'flatten', inbound: ['input'] });
    const muted = compile(apply(document, { kind: 'set-mode', id: 'stage', mode: 'muted' }));
    expect(muted.diagnostics.map(({ code, block }) => [code, block])).toContainEqual([
      'graph/missing-input',
      'flatten',
    ]);
  });

  it('is named by a Train block for all that is inside', () => {
    const { plan } = compile(
      apply(withStage({ stage: convolution() }), {
        kind: 'set-param',
        id: 'train',
        name: 'trainable',
        value: ['stage'],
      }),
    );
    expect(plan?.trainers[0].trainable).toEqual(['stage/conv2d', 'stage/batch_normalization', 'stage/re_lu']);
  });

  it('compiles to the plan of the same blocks outside', () => {
    const inside = compile(withStage({ stage: convolution() })).plan;
    const outside = network(
      digitsData(),
      ['Split', 'Scale', 'OneHot'],
      [['Conv2D', { filters: 8, padding: 'same' }], 'BatchNormalization', 'ReLU', 'Flatten', ['Dense', { units: 10 }], 'Softmax'],
    ).compile().plan; // prettier-ignore
    expect(JSON.stringify({ ...inside, hash: '' }).replaceAll('stage/', '')).toBe(
      JSON.stringify({ ...outside, hash: '' }),
    );
  });
});

describe('a problem inside a composite block', () => {
  const twice = (): Composite =>
    compositeOf('Twice', [['Conv2D', { filters: 4, activation: 'relu' }], 'ReLU']);

  it('is told once with its path, marks the block outside, and its fix changes the inside', () => {
    const document = withStage({ stage: twice() }, { repeat: 3 });
    const { diagnostics, blocks } = compile(document);
    expect(diagnostics.map(({ code, block }) => [code, block])).toEqual([
      ['layer/activation-twice', 'stage/re_lu'],
    ]);
    expect(blocks.stage.severity).not.toBeNull();
    const [fix] = diagnostics[0].fixes;
    expect(fix.edit).toMatchObject({ kind: 'in-composite', id: 'stage' });
    const mended = apply(document, fix.edit);
    expect(compile(mended).diagnostics).toEqual([]);
    expect(apply(mended, invert(document, fix.edit))).toEqual(document);
  });

  it('is mended at the parameter outside where that decides', () => {
    const document = withStage({ stage: convolution() }, { filters: -1 });
    const [{ block, fixes }] = compile(document).diagnostics;
    expect(block).toBe('stage');
    expect(compile(apply(document, fixes[0].edit)).diagnostics).toEqual([]);
  });

  it('between a composite and a block outside is mended outside', () => {
    const document = withStage({ stage: compositeOf('Only ReLU', ['ReLU']) });
    const without = apply(document, removeBlocks(document, ['flatten']));
    const wired: Document = {
      ...without,
      wires: { ...without.wires, w90: { ...document.wires.w90, to: { block: 'dense', port: 'input' } } },
    };
    const { diagnostics } = compile(wired);
    const onMap = diagnostics.filter(({ code, block }) => code === 'layer/dense-on-map' && block === 'dense');
    const edit = onMap[0].fixes[0].edit;
    const mended = apply(wired, edit);
    expect(mended.wires).toMatchObject({ w91: { from: { block: 'stage', port: 'output' } } });
    expect(compile(mended).diagnostics.map(({ code }) => code)).not.toContain('layer/dense-on-map');
  });

  it('is a missing wire at the port outside where nothing comes in', () => {
    const document = withStage({ stage: convolution() });
    const [wire] = Object.entries(document.wires).find(([, { to }]) => to.block === 'stage') ?? [''];
    const { diagnostics } = compile(apply(document, { kind: 'remove-wire', id: wire }));
    expect(diagnostics.find(({ code }) => code === 'graph/missing-input')).toMatchObject({
      block: 'stage',
      port: 'input',
      message: 'Convolution (stage) has no wire at "input".',
    });
  });

  it('is a port that nothing inside stands for', () => {
    const broken = convolution();
    const { diagnostics } = compile(
      withStage({
        stage: {
          ...broken,
          ports: { ...broken.ports, outputs: { output: { block: 'gone', port: 'output' } } },
        },
      }),
    );
    expect(diagnostics.map(({ code, block }) => [code, block])).toContainEqual(['graph/composite', 'stage']);
  });
});

describe('edits of composites', () => {
  const document = withStage({ stage: convolution() });
  const edits: Edit[] = [
    { kind: 'set-composite', id: 'other', composite: convolution() },
    { kind: 'set-composite', id: 'stage' },
    {
      kind: 'in-composite',
      id: 'stage',
      edit: { kind: 'set-param', id: 'conv2d', name: 'filters', value: 5 },
    },
    { kind: 'in-composite', id: 'stage', edit: { kind: 'remove-block', id: 're_lu' } },
    { kind: 'in-composite', id: 'gone', edit: { kind: 'remove-block', id: 're_lu' } },
  ];

  it.each(edits)('are undone without a trace: $kind $id', (edit) => {
    const after = apply(document, edit);
    expect(apply(after, invert(document, edit))).toEqual(document);
    expect(() => compile(after)).not.toThrow();
  });

  it('are kept in the project file', () => {
    expect(loadDocument(saveText(document))).toEqual({ ok: true, value: document });
  });
});
