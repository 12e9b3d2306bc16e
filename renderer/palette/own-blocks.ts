/** Owns which composites the palette offers: those of the project, and those that come with the application. */
import { library } from '../../shared/architectures/library';
import type { AnyBlockDefinition } from '../../shared/blocks/block';
import { findBlocks } from '../../shared/blocks/catalogue';
import { definitionIn } from '../../shared/compiler/composites';
import type { Composites, Document } from '../../shared/document/document';

/** True where a composite holds another one, directly or through others. */
function holds(composites: Composites, outer: string, inner: string): boolean {
  const found = new Set([outer]);
  for (const id of found) {
    if (id === inner) return true;
    for (const { type } of Object.values(composites[id].blocks))
      if (Object.hasOwn(composites, type)) found.add(type);
  }
  return false;
}

/** The composites of the project; inside an opened one those that do not hold it. */
export const ownBlocks = (
  { composites }: Pick<Document, 'composites'>,
  opened: string | null,
): AnyBlockDefinition[] =>
  Object.keys(composites)
    .filter((id) => opened === null || !holds(composites, id, opened))
    .flatMap((id) => definitionIn(composites, id) ?? []);

export const libraryBlocks = (): AnyBlockDefinition[] =>
  Object.keys(library).flatMap((id) => definitionIn(library, id) ?? []);

const plain = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, '');

/** Composites by their titles first, then what the catalogue finds. */
export function findAll(query: string, own: readonly AnyBlockDefinition[]): AnyBlockDefinition[] {
  const wanted = plain(query);
  const types = new Set(own.map(({ type }) => type));
  const composites = [...own, ...libraryBlocks().filter(({ type }) => !types.has(type))];
  const named = (definition: AnyBlockDefinition) =>
    plain(`${definition.title} ${definition.type}`).includes(wanted);
  const found = findBlocks(query);
  const first = composites.filter((definition) => plain(definition.title).startsWith(wanted));
  const rest = composites.filter((definition) => named(definition) && !first.includes(definition));
  return wanted === '' ? [...found, ...composites] : [...first, ...found, ...rest];
}
