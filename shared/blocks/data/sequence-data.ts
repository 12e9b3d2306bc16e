/** SequenceData: made-up sequences whose answer lies in their order. */
import { defineBlock } from '../block';
import { sourcePorts } from '../ports';

export const sequenceData = defineBlock({
  type: 'SequenceData',
  version: 1,
  title: 'Sequences',
  category: 'Data',
  search: ['time series', 'adding problem', 'parity', 'count ones', 'waves', 'sine', 'forecast', 'signal', 'recurrent', 'sample data', 'data set'],
  summary: 'Made-up sequences: count the ones, parity, the adding problem, kinds of waves, the next value of a series.',
  help: [
    '`ones` and `parity` are rows of zeros and ones: how many ones there are, or whether their number is odd. `adding` has two features, a number and a mark; the target is the sum of the two marked numbers. `waves` are sine, square, triangle and sawtooth waves of any beginning and length. `series` is a mixture of two sine waves, whose next value is the target.',
    'Each sample is one column `sequence` of `[length, features]`, as recurrent layers, Conv1D and attention read it. The same `seed` always gives the same sequences.',
    'Typical mistake: a long `adding` or `parity` as a first try. At 10 steps a SimpleRNN learns it, at 100 an LSTM needs many epochs.',
  ].join('\n\n'),
  source:
    'Hochreiter and Schmidhuber, Long short-term memory (1997), for adding; Michelucci, Applied Deep Learning (2018), chapter 8, for counting ones',
  parameters: {
    task: { kind: 'choice', default: 'waves', options: ['ones', 'parity', 'adding', 'waves', 'series'], help: 'What the sequences are and what is asked of them.' },
    count: { kind: 'integer', default: 4000, min: 4, max: 1_000_000, help: 'How many sequences there are.', unit: 'sequences' },
    length: { kind: 'integer', default: 30, min: 2, max: 1000, help: 'Steps of each sequence.', unit: 'steps' },
    noise: { kind: 'number', default: 0.1, min: 0, max: 10, help: 'Standard deviation of what is added to every value.', when: { parameter: 'task', is: ['waves', 'series'] } },
    seed: { kind: 'integer', default: 0, min: 0, help: 'Another seed gives other sequences.', advanced: true },
  },
  ports: () => sourcePorts,
  caption: ({ task, count, length }) => `${task}, ${count.toLocaleString('en')} of ${length} steps`,
  behaviour: { kind: 'source', reader: 'sequences', unready: () => null },
}); // prettier-ignore
