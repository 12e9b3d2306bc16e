/** What is said about wires and blocks: loops, missing inputs, dead branches, names, unknown blocks. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compiler/compile';
import { apply } from '../../../shared/document/edits';
import { classes, data, digitsData, features, oneHotClasses, target } from '../data';
import { draw, network, type Drawing } from '../draw';
import { about, check, type Case } from './says';

const table = () => data([...features(4), oneHotClasses(3)]);
const whole = () => network(table(), [], [['Dense', { units: 3 }], 'Softmax']);

/** A wire that the window would refuse, as a damaged file can hold it. */
function force(drawing: Drawing, id: string, from: [string, string], to: [string, string]): Drawing {
  const wire = { from: { block: from[0], port: from[1] }, to: { block: to[0], port: to[1] } };
  drawing.document = apply(drawing.document, { kind: 'add-wire', id, wire });
  return drawing;
}
const loop = () =>
  force(
    whole().chain('input', 'Dense', 'ReLU').remove('w8'),
    'w90',
    ['re_lu', 'output'],
    ['dense_2', 'input'],
  );

/** A network that ends in a layer, and a Train block with nothing but an optimizer. */
const withoutLoss = (...end: string[]) =>
  draw()
    .place('Digits', {}, { id: 'data', facts: table() })
    .chain('data', 'Input', ['Dense', { units: 3 }], ...end)
    .place('Train', {}, { id: 'train' })
    .place('Adam')
    .wire('adam', 'train');

const cases: Case[] = [
  { name: 'two blocks that feed each other', code: 'graph/cycle', drawing: loop, severity: 'error', says: 'Dense (dense_2) and ReLU feed each other in a loop.', fixes: ['Remove a wire of the loop'], fixed: true },
  { name: 'a block that feeds itself', code: 'graph/cycle', drawing: () => force(whole().place('ReLU'), 'w90', ['re_lu', 'output'], ['re_lu', 'input']), says: 'ReLU feed', fixed: true },
  { name: 'two paths that meet again', code: 'graph/cycle', drawing: () => network(table(), [], [['Dense', { units: 3, activation: 'relu' }], ['Dense', { units: 3, activation: 'relu' }], 'Add', 'Softmax']).wire('dense', 'add') },

  { name: 'a Train block without a loss', code: 'graph/missing-input', drawing: () => whole().remove('w6'), block: 'train', severity: 'error', says: 'Train has no wire at "loss"; it needs a loss to make smaller.', fixes: ['Connect CategoricalCrossentropy'], fixed: true },
  { name: 'a Train block without an optimizer', code: 'graph/missing-input', drawing: () => whole().remove('w7'), block: 'train', says: 'needs an optimizer', fixes: ['Connect Adam'], fixed: true },
  { name: 'no optimizer at all', code: 'graph/missing-input', drawing: () => whole().mode('optimizer', 'muted'), says: 'needs an optimizer', fixes: ['Insert Adam'], fixed: true },
  { name: 'a loss without labels', code: 'graph/missing-input', drawing: () => whole().remove('w5'), block: 'loss', says: 'CategoricalCrossentropy has no wire at "labels"', fixes: ['Connect Digits'], fixed: true },
  { name: 'a loss without labels behind a preparation', code: 'graph/missing-input', drawing: () => network(data([...features(4), classes(3)]), ['OneHot'], [['Dense', { units: 3 }], 'Softmax']).remove('w6'), block: 'loss', says: 'has no wire at "labels"', fixes: ['Connect OneHot'], fixed: true },
  { name: 'a Train block without any loss', code: 'graph/missing-input', drawing: () => withoutLoss('Softmax'), block: 'train', says: 'it needs a loss', fixes: ['Draw the rest of the network', 'Insert CategoricalCrossentropy'], fixed: true },
  { name: 'a layer in the middle without an input', code: 'graph/missing-input', drawing: () => whole().remove('w2'), block: 'dense', severity: 'error', says: 'Dense has no wire at "input"', fixes: ['Connect Input'], fixed: true },
  { name: 'an Input without data', code: 'graph/missing-input', drawing: () => whole().remove('w1'), block: 'input', says: 'Input has no wire at "data"' },
  { name: 'Add with one path', code: 'graph/missing-input', drawing: () => network(table(), [], [['Dense', { units: 3 }], 'Add', 'Softmax']), block: 'add', says: 'Add has one input; it needs at least two.' },
  { name: 'a network that is wired through', code: 'graph/missing-input', drawing: whole },

  { name: 'a block that was only dropped on the canvas', code: 'graph/unreachable', drawing: () => whole().place('Flatten'), block: 'flatten', severity: 'warning', says: 'Nothing reaches Flatten at "input", so it takes no part.' },
  { name: 'a block on a branch', code: 'graph/unreachable', drawing: () => whole().chain('input', 'Flatten') },

  { name: 'a dropout that is listed but not wired on', code: 'graph/dead-branch', drawing: () => whole().chain('dense', 'Dropout'), block: 'dropout', severity: 'warning', says: 'Dropout leads nowhere. Its output reaches no loss, so it will not learn.', fixes: ['Delete the block'], fixed: true },
  { name: 'a branch of three blocks', code: 'graph/dead-branch', drawing: () => whole().chain('input', 'Dense', 'ReLU', 'Dropout'), block: 'dropout', says: 'leads nowhere', fixes: ['Delete the 3 blocks of the branch'], fixed: true },
  { name: 'a layer whose wire on was cut', code: 'graph/dead-branch', drawing: () => network(table(), [], [['Dense', { units: 3 }], 'ReLU', 'Dropout', ['Dense', { units: 3 }], 'Softmax']).remove('w3'), block: 'dense', says: 'leads nowhere', fixes: ['Connect to ReLU'], fixed: true },
  { name: 'a loss that is not trained', code: 'graph/dead-branch', drawing: () => whole().place('MeanSquaredError').wire('softmax', 'mean_squared_error').wire('data', 'mean_squared_error'), says: 'Its loss reaches no Train block' },
  { name: 'a second optimizer', code: 'graph/dead-branch', drawing: () => whole().place('SGD'), block: 'sgd', says: 'wired to no Train block', fixed: true },
  { name: 'a data block that nobody reads', code: 'graph/dead-branch', drawing: () => whole().place('ToyData', {}, { facts: table() }), says: 'Its data reach no Input' },
  { name: 'a branch that comes back', code: 'graph/dead-branch', drawing: () => network(table(), [], [['Dense', { units: 3, activation: 'relu' }], ['Dense', { units: 3, activation: 'relu' }], 'Add', 'Softmax']).wire('dense', 'add') },
  { name: 'nothing that trains yet', code: 'graph/dead-branch', drawing: () => draw().place('Digits', {}, { id: 'data', facts: digitsData() }).chain('data', 'Input', 'Flatten') },

  { name: 'two blocks with one title', code: 'graph/duplicate-name', drawing: () => whole().place('SGD', {}, { title: 'Best' }).place('RMSprop', {}, { title: 'Best' }), severity: 'hint', says: 'Two blocks are called "Best"', fixes: ['Rename to "Best 2"'], fixed: true },
  { name: 'two blocks of one type without titles', code: 'graph/duplicate-name', drawing: () => whole().place('SGD').place('SGD') },

  { name: 'a table without a file', code: 'graph/no-train', drawing: () => draw().place('CSVTable') },
  { name: 'no Train block', code: 'graph/no-train', drawing: () => draw().place('Digits', {}, { facts: digitsData() }), block: 'digits', severity: 'error', says: 'Digits leads to no network yet, so nothing can be trained.', fixes: ['Draw a network for Handwritten digits', 'Insert Train'], fixed: true },
  { name: 'an empty canvas', code: 'graph/no-train', drawing: draw, says: 'The canvas is empty.' },
  { name: 'a Train block', code: 'graph/no-train', drawing: whole },

  { name: 'a block of another version', code: 'block/unknown', drawing: () => whole().place('Conv9D', { filters: 3 }), severity: 'error', says: 'Conv9D is not a block of this version; it is kept in the file.', fixes: ['Delete the block'], fixed: true },
  { name: 'an unknown block that is muted', code: 'block/unknown', drawing: () => whole().place('Conv9D', {}, { id: 'odd' }).mode('odd', 'muted') },
  { name: 'a block named like something built into the language', code: 'block/unknown', drawing: () => whole().place('constructor'), says: 'constructor is not a block' },

  { name: 'a parameter out of range', code: 'block/parameter', drawing: () => whole().set('dense', 'units', 0), block: 'dense', severity: 'error', says: 'Dense: units is 0; it must be at least 1.', fixes: ['Back to the default'], fixed: true },
  { name: 'a parameter of another kind', code: 'block/parameter', drawing: () => whole().set('dense', 'units', 'many'), says: 'units must be a whole number, not "many"' },
  { name: 'an activation that does not exist', code: 'block/parameter', drawing: () => whole().set('dense', 'activation', 'swoosh'), says: 'must be one of linear, relu' },
  { name: 'a parameter that the block lacks', code: 'block/parameter', drawing: () => whole().set('dense', 'unit', 3), severity: 'warning', says: 'Dense: it has no parameter "unit"', fixes: ['Remove the parameter'], fixed: true },
  { name: 'strides together with gaps', code: 'block/parameter', drawing: () => network(digitsData(), [], [['Conv2D', { strides: [2, 2], dilation_rate: [2, 2] }]]), says: 'one of them must be 1', fixed: true },
  { name: 'shares that leave nothing', code: 'block/parameter', drawing: () => network(digitsData(), [['Split', { validation: 0.5, test: 0.5 }]], []), says: 'together they must stay below 1' },
  { name: 'an axis that is not there', code: 'block/parameter', drawing: () => whole().set('softmax', 'axis', 2), says: 'has no such axis', fixed: true },
  { name: 'shorthand for a square', code: 'block/parameter', drawing: () => network(digitsData(), [], [['Conv2D', { kernel_size: 5 }], 'Flatten']) },

  { name: 'a wire to a block that is gone', code: 'graph/wire', drawing: () => force(whole(), 'w90', ['softmax', 'output'], ['ghost', 'input']), severity: 'error', says: 'A wire ends at "ghost", which is not there.', fixed: true },
  { name: 'a wire of the wrong kind', code: 'graph/wire', drawing: () => force(whole().place('Flatten'), 'w90', ['loss', 'loss'], ['flatten', 'input']), says: 'Flatten takes a tensor at "input", but CategoricalCrossentropy gives a loss.', fixed: true },
  { name: 'two wires where one fits', code: 'graph/wire', drawing: () => force(whole(), 'w90', ['input', 'output'], ['softmax', 'input']), says: 'there are several', fixed: true },
  { name: 'a bypass that cannot hand on', code: 'graph/bypass', drawing: () => whole().mode('input', 'bypassed'), block: 'input', says: 'cannot be bypassed', fixes: ['Switch it on again'], fixed: true },
]; // prettier-ignore

describe('blocks and wires', () => {
  it.each(cases)('$code: $name', check);

  it.each([
    { end: ['Softmax'], columns: [oneHotClasses(3)], type: 'CategoricalCrossentropy', params: {} },
    { end: ['Softmax'], columns: [classes(3)], type: 'SparseCategoricalCrossentropy', params: {} },
    { end: [], columns: [classes(3)], type: 'SparseCategoricalCrossentropy', params: { from_logits: true } },
    { end: [], columns: [target({ shape: [3] })], type: 'MeanSquaredError', params: {} },
  ])('brings $type where $columns.0.name is to be predicted', ({ end, columns, type, params }) => {
    const drawing = withoutLoss(...end);
    drawing.document = { ...drawing.document, facts: { data: data([...features(4), ...columns]) } };
    const [{ fixes }] = about(drawing, 'graph/missing-input');
    const mended = apply(drawing.document, fixes[0].edit);
    expect(Object.values(mended.blocks).at(-1)).toMatchObject({ type, params });
    expect(compile(mended).diagnostics).toEqual([]);
  });

  it('does not blame what stands behind a loop or an unknown block', () => {
    const errors = (drawing: Drawing) =>
      drawing
        .compile()
        .diagnostics.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    const behindUnknown = force(
      whole().remove('w2').place('Conv9D', {}, { id: 'odd' }),
      'w90',
      ['odd', 'output'],
      ['dense', 'input'],
    );
    expect(errors(behindUnknown)).toEqual(['block/unknown']);
    expect(
      errors(
        force(whole().remove('w2').place('ReLU'), 'w90', ['re_lu', 'output'], ['re_lu', 'input']).wire(
          're_lu',
          'dense',
        ),
      ),
    ).toEqual(['graph/cycle']);
  });

  it('hands on what comes in where a block is bypassed', () => {
    const plain = network(
      table(),
      [],
      [['Dense', { units: 3, activation: 'relu' }], ['Dense', { units: 3 }], 'Softmax'],
    );
    const { plan, blocks, wires } = plain.mode('dense', 'bypassed').compile();
    expect(plan?.layers.map(({ block, inbound }) => [block, inbound])).toEqual([
      ['dense_2', ['input']],
      ['softmax', ['dense_2']],
    ]);
    expect(blocks.dense.output).toEqual([null, 4]);
    expect(wires.w3).toMatchObject({ shape: [null, 4], unchanged: true });
  });

  it('leaves out what is muted', () => {
    const { plan } = whole().chain('input', 'Dense').mode('dense_2', 'muted').compile();
    expect(plan?.layers.map(({ block }) => block)).toEqual(['dense', 'softmax']);
  });

  it('counts what was looked at, for "No problems"', () => {
    const { diagnostics, checks } = whole().compile();
    expect(diagnostics).toEqual([]);
    expect(checks).toBeGreaterThan(20);
    expect(about(whole(), 'graph/wire')).toEqual([]);
    expect(
      network(data([...features(4), classes(3)]), ['OneHot'], [['Dense', { units: 3 }], 'Softmax']).compile()
        .diagnostics,
    ).toEqual([]);
  });
});
