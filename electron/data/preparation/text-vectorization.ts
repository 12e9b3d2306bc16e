/** TextVectorization: texts become numbers of words; the vocabulary is made of the training part. */
import { z } from 'zod';
import type { TextVectorizationState } from '../../../shared/document/preparation';
import { textStandardization, textSplit } from '../../../shared/document/preparation';
import { fail, ok } from '../../../shared/result';
import type { DataColumn } from '../data-set';
import { partIndex } from '../data-set';
import { inMemory } from '../values';
import { chooseColumns, UNCHANGED } from './flow';
import type { Step } from './step';
import { stepParams } from './step';
import { encode, vocabularyOf } from './tokens';

const params = z.object({
  columns: z.array(z.string()).default([]),
  max_tokens: z.number().int().min(3),
  output_sequence_length: z.number().int().min(1),
  standardize: textStandardization,
  split: textSplit,
});

/** What the cells say; words of a short list of classes are texts too. Null where the column holds numbers. */
function textsOf({ facts, values }: DataColumn): readonly string[] | null {
  if (Array.isArray(values)) return values;
  const { classes } = facts;
  return classes ? Array.from(inMemory(values), (index) => classes[index] ?? '') : null;
}

export const textVectorization: Step<TextVectorizationState> = {
  fit(given, { block, from, flow, parts }) {
    const checked = stepParams(params, given, block);
    if (!checked.ok) return checked;
    const { columns: names, max_tokens, ...rules } = checked.value;
    const chosen = chooseColumns(
      flow,
      block,
      names,
      ({ dtype, role }) => dtype === 'string' && role !== 'target',
    );
    if (!chosen.ok) return chosen;
    const columns: TextVectorizationState['columns'] = [];
    for (const {
      name,
      chosen: { column },
    } of chosen.value) {
      const texts = textsOf(column);
      if (texts === null)
        return fail(
          'data/not-text',
          `${block}: column “${name}” holds numbers, which are not cut into words. Take it out of the step's columns.`,
        );
      const training = texts.filter((_, row) => parts[row] === partIndex.train);
      columns.push({ name, vocabulary: vocabularyOf(training, max_tokens, rules) });
    }
    return ok({ type: 'TextVectorization', block, from, ...rules, columns });
  },

  apply({ columns, ...rules }, flow) {
    const after = new Map(flow);
    for (const { name, vocabulary } of columns) {
      const before = flow.get(name);
      if (!before) continue;
      const { facts } = before.column;
      const values = encode(textsOf(before.column) ?? [], { ...rules, vocabulary });
      const { classes: _classes, classCounts: _counts, encoding: _encoding, ...plain } = facts;
      const column: DataColumn = {
        facts: { ...plain, role: 'input', dtype: 'int32', shape: [rules.output_sequence_length], missing: 0 },
        values,
      };
      after.set(name, { column, transform: UNCHANGED });
    }
    return after;
  },
};
