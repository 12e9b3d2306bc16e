/** Blocks are put into a composite and taken out again without changing what is computed. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/compiler/compile';
import { group } from '../../shared/compiler/group';
import { unpack } from '../../shared/compiler/unpack';
import type { Document } from '../../shared/document/document';
import { apply, invert } from '../../shared/document/edits';
import { digitsData } from './data';
import { network } from './draw';

/** A convolution whose output goes around another one and is added again. */
function residual(): Document {
  const drawing = network(
    digitsData(),
    ['Split', 'Scale', 'OneHot'],
    [['Conv2D', { filters: 4 }], 'ReLU', ['Conv2D', { filters: 4, padding: 'same' }], 'BatchNormalization', 'Add', 'Flatten', ['Dense', { units: 10 }], 'Softmax'],
  ); // prettier-ignore
  return drawing.wire('re_lu', 'add').document;
}

function grouped(document: Document, ids: string[], title = 'Detour') {
  const made = group(document, ids, title);
  if (!made.ok) throw new Error(made.problem.message);
  return { ...made.value, document: apply(document, made.value.edit) };
}

const MEMBERS = ['conv2d_2', 'batch_normalization', 'add'];

describe('grouping blocks', () => {
  it('makes ports of the wires that cross the border', () => {
    const { document, block, composite } = grouped(residual(), MEMBERS);
    expect([block, composite]).toEqual(['detour', 'detour']);
    const { ports, blocks, wires } = document.composites.detour;
    expect(Object.keys(ports.inputs)).toEqual(['input']);
    expect(Object.keys(ports.outputs)).toEqual(['output']);
    expect(Object.keys(blocks).sort()).toEqual([...MEMBERS, 'input', 'output'].sort());
    expect(Object.values(wires).filter(({ from }) => from.block === 'input')).toHaveLength(2);
    expect(Object.values(document.wires).filter(({ to }) => to.block === 'detour')).toHaveLength(1);
  });

  it('computes the same as before, and is undone without a trace', () => {
    const before = residual();
    const { document, edit } = grouped(before, MEMBERS);
    const [was, is] = [compile(before), compile(document)];
    expect(is.diagnostics).toEqual([]);
    expect(is.totals).toEqual(was.totals);
    expect(is.blocks.detour.output).toEqual([null, 26, 26, 4]);
    expect(apply(document, invert(before, edit))).toEqual(before);
  });

  it('shows what is loose where nothing crosses the border', () => {
    const { document } = grouped(residual(), ['conv2d', 're_lu']);
    expect(Object.keys(document.composites.detour.ports.outputs)).toEqual(['output']);
    const alone = grouped(network(digitsData(), [], ['Dense']).remove('w1').remove('w2').document, ['dense']);
    expect(Object.keys(alone.document.composites.detour.ports.inputs)).toEqual(['input']);
  });

  it('gives a second group of the same name another id', () => {
    const { document } = grouped(residual(), ['conv2d', 're_lu']);
    expect(grouped(document, ['dense', 'softmax']).composite).toBe('detour_2');
    expect(grouped(document, ['dense'], 'Dense').composite).not.toBe('Dense');
  });

  it('is refused where data are read or a block between was left out', () => {
    const left = group(residual(), ['conv2d_2', 'add'], 'Detour');
    expect(left).toMatchObject({
      ok: false,
      problem: {
        message: 'BatchNormalization lies on a way out of the selection and back into it. Select it too.',
      },
    });
    expect(group(residual(), ['data'], 'Detour')).toMatchObject({ ok: false });
    expect(group(residual(), [], 'Detour')).toMatchObject({ ok: false });
  });

  it('may be done inside a group', () => {
    const { document } = grouped(residual(), MEMBERS);
    const inside = {
      ...document,
      blocks: document.composites.detour.blocks,
      wires: document.composites.detour.wires,
    };
    const made = group(inside, ['conv2d_2', 'batch_normalization'], 'Inner');
    if (!made.ok) throw new Error(made.problem.message);
    const nested = apply(document, { kind: 'in-composite', id: 'detour', edit: made.value.edit });
    expect(Object.keys(nested.composites)).toEqual(['detour', 'inner']);
    expect(compile(nested).totals).toEqual(compile(residual()).totals);
  });
});

describe('unpacking a composite', () => {
  it('gives back the network that was grouped', () => {
    const before = residual();
    const { document, block } = grouped(before, MEMBERS);
    const out = unpack(document, block);
    const after = apply(document, out?.edit ?? { kind: 'batch', label: '', edits: [] });
    expect(compile(after).diagnostics).toEqual([]);
    expect(compile(after).plan?.layers).toEqual(compile(before).plan?.layers);
    expect(apply(after, invert(document, out?.edit ?? { kind: 'batch', label: '', edits: [] }))).toEqual(
      document,
    );
  });

  it('brings out every repetition with the values that were set outside', () => {
    const { document, block } = grouped(residual(), MEMBERS);
    const wide: Document = {
      ...document,
      blocks: { ...document.blocks, detour: { ...document.blocks.detour, params: { repeat: 3 } } },
      composites: {
        detour: {
          ...document.composites.detour,
          exposed: { kernel: { block: 'conv2d_2', param: 'kernel_size' } },
        },
      },
    };
    const set = apply(wide, { kind: 'set-param', id: 'detour', name: 'kernel', value: [5, 5] });
    const after = apply(set, unpack(set, block)?.edit ?? { kind: 'batch', label: '', edits: [] });
    expect(compile(after).diagnostics).toEqual([]);
    expect(compile(after).totals).toEqual(compile(set).totals);
    expect(
      Object.values(after.blocks).filter(({ params }) => JSON.stringify(params.kernel_size) === '[5,5]'),
    ).toHaveLength(3);
  });

  it('does nothing to an ordinary block', () => {
    expect(unpack(residual(), 'dense')).toBeNull();
  });
});
