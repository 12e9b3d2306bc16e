/** graph/duplicate-name: two blocks that a person gave the same title. */
import type { Node } from '../graph';
import { hint, type Rule } from './rule';

export const graphDuplicateName: Rule = ({ graph }) => {
  const first = new Map<string, Node>();
  const titles = new Set(Object.values(graph.document.blocks).map(({ title }) => title));
  return [...graph.nodes.values()].flatMap((node) => {
    const { title } = node.block;
    const earlier = first.get(title);
    if (title === '') return [];
    if (!earlier) {
      first.set(title, node);
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
