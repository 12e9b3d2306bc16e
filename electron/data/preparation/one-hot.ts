/** OneHot: a class index becomes a vector with a 1 at the index. */
import { z } from 'zod';
import type { OneHotState } from '../../../shared/document/preparation';
import { fail, ok } from '../../../shared/result';
import { chooseColumns } from './flow';
import type { Step } from './step';
import { stepParams } from './step';

const params = z.object({ columns: z.array(z.string()).default([]) });

export const oneHot: Step<OneHotState> = {
  fit(given, { block, from, flow }) {
    const checked = stepParams(params, given, block);
    if (!checked.ok) return checked;
    const names = checked.value.columns;
    const chosen = chooseColumns(
      flow,
      block,
      names,
      ({ role, classes }) => role === 'target' && classes !== undefined,
    );
    if (!chosen.ok) return chosen;
    const columns: OneHotState['columns'] = [];
    for (const {
      name,
      chosen: { column, transform },
    } of chosen.value) {
      const { classes } = column.facts;
      if (classes === undefined) {
        const message = `${block}: column “${name}” holds no classes, so it has no one-hot form. Take it out of the step's columns, or read it as classes.`;
        return fail('data/no-classes', message);
      }
      if (transform.kind === 'affine') columns.push({ name, classes });
    }
    return ok({ type: 'OneHot', block, from, columns });
  },

  apply({ columns }, flow) {
    const after = new Map(flow);
    for (const { name, classes } of columns) {
      const before = flow.get(name);
      if (before) after.set(name, { ...before, transform: { kind: 'one-hot', width: classes.length } });
    }
    return after;
  },
};
