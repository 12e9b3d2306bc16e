/** What a file that is dropped on a window is taken for, by its name: the window and the desktop shell judge alike. */
import { definitionOf } from '../blocks/catalogue';

export const TABLE_BLOCK = 'CSVTable';

/** null: nothing that Axonry places or opens. */
export function droppedAs(name: string): 'project' | 'table' | null {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1].toLowerCase();
  if (extension === undefined) return null;
  if (extension === 'axon') return 'project';
  const file = definitionOf(TABLE_BLOCK)?.parameters.path;
  return file?.kind === 'path' && file.extensions?.includes(extension) ? 'table' : null;
}
