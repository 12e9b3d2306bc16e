/** graph/duplicate-name: two blocks of one network that a person gave the same title. */
import type { Node } from '../graph';
import { hint, type Rule } from './rule';

/** Blocks inside a composite are only compared with each other: every use of it has the same titles. */
const networkOf = (id: string): string => id.slice(0, id.lastIndexOf('/') + 1);

export const graphDuplicateName: Rule = ({ graph }) => {
  const first = new Map<string, Node>();
  const titles = new Set(Object.values(graph.document.blocks).map(({ title }) => title));
  return [...graph.nodes.values()].flatMap((node) => {
    const { title } = node.block;
    if (title === '') return [];
    const name = `${networkOf(node.id)}${title}`;
    const earlier = first.get(name);
    if (!earlier) {
      first.set(name, node);
      return [];
    }
    let n = 2;
    while (titles.has(`${title} ${n}`)) n += 1;
    titles.add(`${title} ${n}`);
    return [
      hint('graph/duplicate-name', node, {
        message: `Two blocks are called "${title}": ${earlier.id} and ${node.id}.`,
        why: 'Charts and reports name blocks by their title, and these two cannot be told apart there.',
        fixes: [
          {
            label: `Rename to "${title} ${n}"`,
            edit: { kind: 'set-title', id: node.id, title: `${title} ${n}` },
          },
        ],
      }),
    ];
  });
};
