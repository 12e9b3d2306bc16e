/** graph/cycle: blocks that wait for each other. */
import type { Node } from '../graph';
import { wiresOfCycle } from '../order';
import { error, type Rule } from './rule';

const NAMED = 4;

function loopText(cycle: readonly Node[]): string {
  const names = cycle.slice(0, NAMED).map((node) => node.label);
  return cycle.length > NAMED ? `${names.join(', ')} and ${cycle.length - NAMED} more` : names.join(' and ');
}

export const graphCycle: Rule = ({ graph }) =>
  graph.cycles.map((cycle) => {
    const last = wiresOfCycle(cycle).at(-1);
    return error('graph/cycle', cycle[0], {
      message:
        cycle.length === 1
          ? `${cycle[0].label} feeds itself in a loop.`
          : `${loopText(cycle)} feed each other in a loop.`,
      why:
        cycle.length === 1
          ? 'It waits for its own result, so it can never be computed.'
          : 'Each waits for the result of the other, so none of them can be computed.',
      fixes: [
        last === undefined
          ? null
          : { label: 'Remove a wire of the loop', edit: { kind: 'remove-wire', id: last } },
      ],
    });
  });
