/** What an example learns from, in a few words. */
import type { Example } from '../../shared/protocol/host-api';
import { definitionOfBlock } from '../state/blocks';
import { plural } from '../ui/numbers';

const NOUNS: Readonly<Record<Example['kind'], string>> = { images: 'picture', tables: 'row', toys: 'point' };

/** `Handwritten digits, 6,000 pictures`; the title of the data block alone where the data is not here yet. */
export function dataLine({
  document,
  kind,
  needs,
}: Pick<Example, 'document' | 'kind'> & Partial<Pick<Example, 'needs'>>): string {
  const lines = Object.entries(document.blocks).flatMap(([id, block]) => {
    const definition = definitionOfBlock(block);
    if (definition?.behaviour.kind !== 'source') return [];
    const facts = document.facts[id];
    return [facts && !needs ? `${facts.source}, ${plural(facts.n, NOUNS[kind])}` : definition.title];
  });
  return lines.join('; ');
}
