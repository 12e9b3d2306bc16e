/** data/class-numbers: classes that a network reads as one number each, as if they were amounts. */
import type { ColumnFacts } from '../../document/facts';
import { consumers, linksTo, type Node } from '../graph';
import { insertBefore } from '../insert';
import { nodesOfKind, type Network } from '../network';
import { warning, type Rule } from './rule';

/** With two classes the number says yes or no, and nothing is lost. */
const MOST_AS_NUMBER = 2;
const NAMED = 3;

const isNumbered = ({ classes, encoding, shape }: ColumnFacts) =>
  encoding === 'index' && shape.length === 0 && (classes?.length ?? 0) > MOST_AS_NUMBER;

/** A look-up table or a comparison with the class takes the number for a name. */
const takesNames = (network: Network, node: Node) =>
  consumers(network.graph, node).some(({ definition }) => definition.type === 'Embedding');

export const dataClassNumbers: Rule = (network) =>
  nodesOfKind(network.graph, 'input').flatMap((node) => {
    const found = (network.columns.get(node.id) ?? []).filter(isNumbered);
    if (found.length === 0 || takesNames(network, node) || linksTo(node, 'data').length === 0) return [];
    const names = found.map(({ name }) => name);
    const [first] = found;
    const shown = first.classes
      ?.slice(0, NAMED)
      .map((name) => `"${name}"`)
      .join(', ');
    const edit = insertBefore(network.graph.document, node.id, 'data', {
      type: 'OneHot',
      params: { columns: names },
    });
    return [
      warning('data/class-numbers', node, {
        port: 'data',
        message: `"${first.name}" has ${first.classes?.length} classes (${shown} …), which ${node.label} reads as the numbers 0 to ${(first.classes?.length ?? 1) - 1}${names.length > 1 ? `; so are ${names.length - 1} more of its columns` : ''}.`,
        why: 'The network would take class 2 for twice class 1. OneHot gives each class a value of its own.',
        fixes: [edit && { label: 'Insert OneHot', edit }],
      }),
    ];
  });
