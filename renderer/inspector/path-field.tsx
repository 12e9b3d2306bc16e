/** The field of a path, and the dialog that chooses one. */
import { FolderOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { PathParameter } from '../../shared/blocks/parameter';
import type { Block } from '../../shared/document/document';
import { definitionOfBlock, valuesOfBlock } from '../state/blocks';
import { askForPath } from '../state/dialogs';
import { nameOf } from '../canvas/actions';
import { change } from '../state/project-store';
import type { FieldProps } from './fields';
import { TypedField } from './typed-field';

export const chooseText = ({ accepts }: PathParameter): string =>
  accepts === 'folder' ? 'Choose a folder' : 'Choose a file';

const askFor = (parameter: PathParameter): Promise<string | null> =>
  askForPath({
    title: chooseText(parameter),
    choose: parameter.accepts,
    extensions: parameter.extensions,
    action: 'Choose',
  });

/** Asks for the path of a block, and sets it. */
export async function choosePath(id: string, name: string, parameter: PathParameter): Promise<void> {
  const path = await askFor(parameter);
  if (path !== null)
    change({ kind: 'set-param', id, name, value: path }, { label: `Set ${name} of ${nameOf(id)}` });
}

/** The parameter of a block whose path is still to be chosen. */
export function missingPath(block: Block | undefined): { name: string; parameter: PathParameter } | null {
  if (!block) return null;
  const values = valuesOfBlock(block);
  for (const [name, parameter] of Object.entries(definitionOfBlock(block)?.parameters ?? {}))
    if (parameter.kind === 'path' && values[name] === '') return { name, parameter };
  return null;
}

export function ChoosePath({
  id,
  block,
  className = 'btn',
}: {
  id: string;
  block: Block;
  className?: string;
}) {
  const missing = missingPath(block);
  if (!missing) return null;
  return (
    <button
      type="button"
      className={className}
      onClick={() => void choosePath(id, missing.name, missing.parameter)}
    >
      {chooseText(missing.parameter)}
    </button>
  );
}

export function PathField(props: FieldProps<PathParameter>) {
  const { parameter, set } = props;
  const choose = async () => {
    const path = await askFor(parameter);
    if (path !== null) set(path);
  };
  const field = useRef<HTMLDivElement>(null);
  // The end of a path tells more than its beginning; leaving the field goes back to the start of the text.
  const showEnd = () => {
    const input = field.current?.querySelector('input');
    if (input && input !== document.activeElement) input.scrollLeft = input.scrollWidth;
  };
  useEffect(showEnd, [props.value]);
  return (
    <div className="path-field" ref={field} onBlur={() => requestAnimationFrame(showEnd)}>
      <TypedField {...props} />
      <button
        type="button"
        className="btn icon"
        aria-label={chooseText(parameter)}
        title={chooseText(parameter)}
        onClick={() => void choose()}
      >
        <FolderOpen size={14} strokeWidth={1.5} aria-hidden />
      </button>
    </div>
  );
}
