/** Reads the made-up sequences: columns `sequence` and `class` or `target`. */
import { z } from 'zod';
import { ok } from '../../../shared/result';
import { classColumn, makeDataSet, numberColumn } from '../columns';
import { fingerprintOf } from '../fingerprint';
import {
  generateSequences,
  SEQUENCE_TASKS,
  SEQUENCES_VERSION,
  type SequenceTask,
} from '../generators/sequences/sequences';
import type { Reader } from './reader';
import { checkParams, seedNumber, wholeNumber } from './reader';

const params = z.object({
  task: z.enum(SEQUENCE_TASKS, { error: `must be one of ${SEQUENCE_TASKS.join(', ')}` }),
  count: wholeNumber(1, 1_000_000).default(4000),
  length: wholeNumber(2, 1000).default(30),
  noise: z.coerce
    .number({ error: 'must be a number' })
    .min(0, 'must be at least 0')
    .max(10, 'must be at most 10')
    .default(0.1),
  seed: seedNumber.default(0),
});

const TITLES: Record<SequenceTask, string> = {
  ones: 'Counting ones',
  parity: 'Parity',
  adding: 'Adding problem',
  waves: 'Waves',
  series: 'Series',
};

export const readSequences: Reader = (given) => {
  const checked = checkParams(params, given, 'Sequences');
  if (!checked.ok) return Promise.resolve(checked);
  const request = checked.value;
  const { values, features, targets, classes } = generateSequences(request);
  const columns = [
    numberColumn({ name: 'sequence', role: 'input', shape: [request.length, features] }, values),
    classes !== null && targets instanceof Int32Array
      ? classColumn({ name: 'class', role: 'target' }, targets, classes)
      : numberColumn({ name: 'target', role: 'target' }, targets),
  ];
  const fingerprint = fingerprintOf({ generator: 'sequences', version: SEQUENCES_VERSION, ...request });
  return Promise.resolve(
    ok(makeDataSet({ source: TITLES[request.task], n: request.count, fingerprint, columns })),
  );
};
