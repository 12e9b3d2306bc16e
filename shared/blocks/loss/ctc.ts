/** CTC: reading a row of symbols out of a longer row of steps. */
import { defineBlock } from '../block';
import { shapeText } from '../../compiler/shape';
import { lossPorts } from '../ports';
import { labelShape, lossFinding, textLabel } from './loss-labels';
import { lossParameters } from './loss-parameters';

export const ctc = defineBlock({
  type: 'CTC',
  version: 1,
  title: 'CTC',
  category: 'Loss',
  search: [
    'connectionist temporal classification',
    'speech recognition',
    'handwriting',
    'transcription',
    'sequence',
  ],
  summary:
    'Teaches to read a row of symbols out of a longer row of steps, without saying where each symbol stands.',
  help: [
    '`−log Σ p(path)` over all paths that read as the label: at each step one symbol or a blank, where repeated symbols count once and blanks not at all. So `a a – b` and `– a b b` both read `a b`.',
    'Shapes: prediction `[batch, steps, symbols]` before a Softmax, of which symbol 0 is the blank; labels `[batch, length]` of symbol numbers from 1 on, filled up with 0. The metric `label_error_rate` reads the best symbol of each step and counts the edits.',
    'Typical mistakes: a Softmax at the end, which the loss applies itself; symbols that begin at 0; fewer steps than symbols to read (two alike in a row need a blank between), for which the loss is infinite.',
  ].join('\n\n'),
  source: 'Keras documentation, CTC loss; Graves et al., Connectionist temporal classification (2006)',
  parameters: lossParameters,
  ports: () => lossPorts,
  caption: () => 'symbols from steps',
  behaviour: {
    kind: 'loss',
    ofWholeSamples: true,
    labels: 'index',
    task: 'transcription',
    predictionMeans: () => 'logits',
    reads: () => 'logits',
    check({ shape, from }, label) {
      if (label.dtype === 'string') return [textLabel(label)];
      const length = labelShape(label).reduce((product, size) => product * size, 1);
      if (shape.length !== 3)
        return [
          lossFinding(
            'shape/mismatch',
            'error',
            'prediction',
            `CTC expects [batch, steps, symbols]; it gets ${shapeText(shape)} from ${from}.`,
            'Each step says how likely each symbol is: a recurrent layer with return_sequences and a Dense layer end like that.',
          ),
        ];
      const [, steps, symbols] = shape;
      if (steps !== null && steps < length)
        return [
          lossFinding(
            'loss/pairing',
            'warning',
            'prediction',
            `CTC reads up to ${length} symbols from "${label.name}", but ${from} gives ${steps} steps.`,
            'Each step gives one symbol at most. A label that is too long makes the loss infinite.',
          ),
        ];
      if (symbols !== null && label.max !== null && label.max >= symbols)
        return [
          lossFinding(
            'loss/pairing',
            'error',
            'prediction',
            `"${label.name}" holds symbols up to ${label.max}, but ${from} gives ${symbols} values per step.`,
            'One value is needed for each symbol, and value 0 for the blank.',
            [{ kind: 'set-width', port: 'prediction', width: label.max + 1 }],
          ),
        ];
      return [];
    },
    keras: () => ({ class_name: 'CTC', config: {} }),
  },
});
