/** Every rule of the run fires where it should and is silent at a near miss. */
import { describe, expect, it } from 'vitest';
import { confusionMatrix } from '../../../shared/metrics/confusion';
import { RandomStream } from '../../../shared/random/random';
import { runDiagnostics, type EpochFigures, type RunContext } from '../../../shared/metrics/run-diagnostics';

const going: RunContext = { block: 'train_1', ended: false };
const ended: RunContext = { block: 'train_1', ended: true };

const history = (train: number[], validation: number[] = []): EpochFigures[] =>
  train.map((loss, i) => ({
    epoch: i + 1,
    train: { loss, n: 1000 },
    ...(i < validation.length ? { validation: { loss: validation[i], n: 100 } } : {}),
  }));
const codes = (figures: EpochFigures[], context = going) =>
  runDiagnostics(figures, context).map(({ code }) => code);

describe('run/overfit', () => {
  const train = [0.2, 0.1, 0.05, 0.0236, 0.0209, 0.0182, 0.0171, 0.016];
  const long = [...train, 0.0152, 0.0143, 0.0139, 0.0131];
  const noisy = [0.3, 0.2, 0.1, 0.0574, 0.0591, 0.0584, 0.0602, 0.0615, 0.0607, 0.0629, 0.0645, 0.0641];
  it('fires when validation loss has risen for three epochs while training loss falls, and says from where to where', () => {
    const found = runDiagnostics(
      history(train, [0.3, 0.2, 0.1, 0.0574, 0.0589, 0.0607, 0.0629, 0.0651]),
      going,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: 'run/overfit', severity: 'warning', block: 'train_1', epoch: 8 });
    expect(found[0].message).toBe(
      'Overfitting since epoch 4: validation loss has risen for 4 epochs (0.0574 to 0.0651) while training loss falls (0.0236 to 0.0160).',
    );
  });
  it('sees the rise through the noise of single epochs', () => {
    expect(codes(history(long, noisy))).toEqual(['run/overfit']);
  });
  it('says that the loss is higher, not that it has risen, where it went up and down on its way', () => {
    const crooked = [0.3, 0.2, 0.1, 0.0574, 0.0592, 0.0596, 0.0588, 0.0594, 0.062, 0.0632, 0.0655, 0.0665];
    const [{ message }] = runDiagnostics(history(long, crooked), going);
    expect(message).toContain(
      'validation loss is higher than at its lowest, 8 epochs ago (0.0574, now 0.0665),',
    );
  });
  it('says so too of a long rise that dips for a single epoch', () => {
    const rising = Array.from({ length: 60 }, (_, i) => 0.05 + i / 1000 - (i === 30 ? 0.0015 : 0));
    const falling = rising.map((_, i) => 0.02 / (i + 1));
    const [{ message }] = runDiagnostics(history(falling, rising), going);
    expect(message).toContain(
      'validation loss is higher than at its lowest, 59 epochs ago (0.0500, now 0.109),',
    );
  });
  it('is silent while validation loss is no worse than training loss: nothing is known by heart', () => {
    const validation = [0.3, 0.2, 0.1, 0.0574, 0.0589, 0.0607, 0.0629, 0.0651];
    const above = (more: number) => train.map((loss) => loss + more);
    expect(codes(history(above(0.06), validation))).toEqual([]);
    expect(codes(history(above(0.02), validation))).toEqual(['run/overfit']);
  });
  it('is silent in nearly every long run whose validation loss is flat and noisy', () => {
    const random = new RandomStream(7, 'losses', 'noise');
    const told = Array.from({ length: 60 }, () => {
      const flat = Array.from({ length: 60 }, () => 0.5 + 0.06 * random.normal());
      const falling = flat.map((_, i) => 0.6 - i / 200);
      return flat.some((_, i) => codes(history(falling, flat.slice(0, i + 1))).includes('run/overfit'));
    });
    expect(told.filter(Boolean).length).toBeLessThanOrEqual(3);
  });
  it('is silent where a loss that is next to nothing rises', () => {
    const validation = [2e-4, 1e-6, 5e-7, 1e-7, 8.74e-8, 3e-7, 8e-7, 1.22e-6];
    expect(codes(history(train, validation), { ...going, initialLoss: 0.7 })).toEqual([]);
  });
  it('is silent where few samples make a flat line that jumps from epoch to epoch, also when the last jump is up', () => {
    const jumps = [0.0572, 0.071, 0.062, 0.083, 0.06, 0.075, 0.066, 0.081, 0.061, 0.07, 0.0647, 0.0893];
    const flat = [0.3, 0.1, ...jumps];
    expect(
      codes(
        history(
          flat.map((_, i) => 0.2 / (i + 1)),
          flat,
        ),
      ),
    ).toEqual([]);
  });
  it('asks for a larger rise where only few samples are held out', () => {
    const rises = history(train, [0.3, 0.2, 0.1, 0.1, 0.101, 0.102, 0.103, 0.104]);
    const heldOut = (n: number) =>
      rises.map((figures) => ({ ...figures, validation: { loss: figures.validation?.loss ?? 0, n } }));
    expect(codes(heldOut(1000))).toEqual(['run/overfit']);
    expect(codes(heldOut(30))).toEqual([]);
  });
  it.each([
    ['only two epochs above the best', [0.3, 0.2, 0.1, 0.09, 0.08, 0.0574, 0.06, 0.065]],
    ['validation loss as flat as noise', [0.3, 0.2, 0.1, 0.0574, 0.0576, 0.0575, 0.0578, 0.0577]],
    ['one bad epoch that is past', [0.3, 0.2, 0.1, 0.0574, 0.09, 0.07, 0.06, 0.0584]],
    ['validation loss that falls', [0.3, 0.2, 0.1, 0.09, 0.08, 0.07, 0.06, 0.05]],
  ])('is silent with %s', (_, validation) => {
    expect(codes(history(train, validation))).toEqual([]);
  });
  it('is silent without a validation part and while training loss rises as well', () => {
    expect(codes(history(train))).toEqual([]);
    expect(
      codes(
        history(
          [0.2, 0.1, 0.05, 0.04, 0.041, 0.042, 0.041, 0.043],
          [0.3, 0.2, 0.1, 0.05, 0.06, 0.07, 0.08, 0.09],
        ),
      ),
    ).toEqual([]);
  });
});

describe('run/diverging', () => {
  it('fires when training loss rises epoch after epoch', () => {
    const found = runDiagnostics(history([1, 0.6, 0.7, 0.9, 1.2]), going);
    expect(found.map(({ code, epoch }) => [code, epoch])).toEqual([['run/diverging', 5]]);
    expect(found[0].message).toBe('Training loss has risen for 3 epochs (0.600 to 1.20).');
  });
  it('fires at once when it runs away', () => {
    expect(codes(history([2.3, 88.1]))).toEqual(['run/diverging']);
    expect(codes(history([88.1]), { ...going, initialLoss: 2.3 })).toEqual(['run/diverging']);
  });
  it.each([
    ['two rising epochs', [1, 0.6, 0.8, 1]],
    ['a wobble near the lowest loss', [1, 0.1, 0.11, 0.12, 0.13]],
    ['a small loss that doubles far below its start', [1, 0.001, 0.0012, 0.0015, 0.002]],
    ['a loss that has come down again', [1, 3, 2, 1.5, 0.9]],
    ['falling loss', [1, 0.5, 0.3, 0.2]],
  ])('is silent with %s', (_, losses) => {
    expect(codes(history(losses))).toEqual([]);
  });
});

/** Three epochs with the same confusion: `answers[i]` is what is predicted for the true class `truth[i]`. */
const answering = (truth: number[], answers: number[], epochs = 3): EpochFigures[] =>
  history(Array.from({ length: epochs }, () => 1)).map((figures) => ({
    ...figures,
    confusion: confusionMatrix(truth, answers, ['no', 'yes', 'maybe']),
  }));
const truth = [...Array<number>(90).fill(0), ...Array<number>(10).fill(1)];
const always = (answer: number) => truth.map(() => answer);

describe('run/majority-only', () => {
  it('fires when everything is predicted as one class', () => {
    const found = runDiagnostics(answering(truth, always(0)), going);
    expect(found.map(({ code }) => code)).toEqual(['run/majority-only']);
    expect(found[0].message).toBe(
      'All 100 validation samples are predicted as “no”, which is right for 90.0 % of them. Always answering the most frequent class gives 90.0 %.',
    );
  });
  it('waits for three epochs, unless the run has ended', () => {
    expect(codes(answering(truth, always(0), 2))).toEqual([]);
    expect(codes(answering(truth, always(0), 2), ended)).toEqual(['run/majority-only']);
  });
  it('is silent when one sample is predicted otherwise, or when only one class is there', () => {
    expect(codes(answering(truth, [1, ...always(0).slice(1)]))).toEqual([]);
    expect(codes(answering(always(0), always(0)))).toEqual([]);
  });
});

describe('run/class-ignored', () => {
  const three = [...truth, ...Array<number>(20).fill(2)];
  it('fires when a class is never predicted', () => {
    const found = runDiagnostics(
      answering(
        three,
        three.map((label) => (label === 1 ? 2 : label)),
      ),
      going,
    );
    expect(found.map(({ code }) => code)).toEqual(['run/class-ignored']);
    expect(found[0].message).toBe('No validation sample is predicted as “yes”, though 10 are.');
  });
  it('is silent when it is predicted once, or is hardly there at all', () => {
    expect(
      codes(
        answering(
          three,
          three.map((label, i) => (label === 1 && i !== 95 ? 2 : label)),
        ),
      ),
    ).toEqual([]);
    const hardly = [...Array<number>(90).fill(0), ...Array<number>(4).fill(1), ...Array<number>(20).fill(2)];
    expect(
      codes(
        answering(
          hardly,
          hardly.map((label) => (label === 1 ? 2 : label)),
        ),
      ),
    ).toEqual([]);
  });
});

it('says nothing of a run without epochs', () => {
  expect(runDiagnostics([], ended)).toEqual([]);
});

describe('run/too-slow', () => {
  const after = (initialLoss: number) => ({ ...ended, initialLoss });
  it('fires at the end of a run whose loss has hardly moved, with both figures', () => {
    const found = runDiagnostics(history([949_000, 948_500, 948_000, 947_000]), after(949_500));
    expect(found.map(({ code }) => code)).toEqual(['run/too-slow']);
    expect(found[0].message).toBe('Training loss has hardly moved in 4 epochs: 949500 to 947000.');
  });
  it.each([
    ['a tenth of the loss gone', history([1, 0.97, 0.93, 0.9]), after(1)],
    ['a run that goes on', history([1, 0.999, 0.998, 0.997]), { ...going, initialLoss: 1 }],
    ['two epochs only', history([1, 0.99]), after(1)],
    [
      'a network that had learned before the first epoch was over',
      history([0.02, 0.0199, 0.0199]),
      after(2.3),
    ],
  ])('is silent with %s', (_, figures, context) => {
    expect(codes(figures, context)).toEqual([]);
  });
});

describe('losses that are negative where they are good', () => {
  it('say nothing while they sink', () => {
    const sinking = history([-0.5, -0.6, -0.7, -0.8], [-0.4, -0.5, -0.6, -0.7]);
    expect(codes(sinking.slice(0, 1), { ...going, initialLoss: -0.3 })).toEqual([]);
    expect(codes(sinking, { ...going, initialLoss: -0.1 })).toEqual([]);
  });
  it('say nothing of a rise that is noise, and fire where they rise for real', () => {
    const train = [-0.5, -0.8, -0.85, -0.9, -0.95];
    expect(codes(history(train, [-0.5, -0.9, -0.899, -0.898, -0.897]))).toEqual([]);
    expect(codes(history(train, [-0.5, -0.9, -0.8, -0.7, -0.6]))).toEqual(['run/overfit']);
    expect(codes(history([-0.5, -0.9, -0.6, -0.4, -0.1], []))).toEqual(['run/diverging']);
  });
});

describe('a run whose inputs are scaled already', () => {
  const slow = history([949_000, 948_500, 948_000, 947_000]);
  const why = (context: Partial<RunContext>) =>
    runDiagnostics(slow, { ...ended, initialLoss: 949_500, ...context })[0].why;
  it('is not told to scale them', () => {
    expect(why({ scaledInputs: true })).not.toContain('inputs');
    expect(why({ scaledInputs: false })).toContain('Scale the inputs');
  });
});
