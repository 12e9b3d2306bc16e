/** The field of a path, and the dialog that chooses one. */
import { FolderOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { PathParameter } from '../../shared/blocks/parameter';
import type { Block } from '../../shared/document/document';
import { definitionOfBlock, valuesOfBlock } from '../state/blocks';
import { askForPath } from '../state/dialogs';
import { nameOf } from '../canvas/actions';
import { change } from '../state/project-store';
import { useSources } from '../state/source-states';
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
async function choosePath(id: string, name: string, parameter: PathParameter): Promise<void> {
  const path = await askFor(parameter);
  if (path !== null)
    change({ kind: 'set-param', id, name, value: path }, { label: `Set ${name} of ${nameOf(id)}` });
}

interface OpenPath {
  name: string;
  parameter: PathParameter;
}

/** The parameter whose path is to be chosen: an empty one, or where the block could not be read the first. */
function openPath(block: Block, hasFailed: boolean): OpenPath | null {
  const values = valuesOfBlock(block);
  const paths = Object.entries(definitionOfBlock(block)?.parameters ?? {}).flatMap(
    ([name, parameter]): OpenPath[] => (parameter.kind === 'path' ? [{ name, parameter }] : []),
  );
  return paths.find(({ name }) => values[name] === '') ?? (hasFailed ? (paths[0] ?? null) : null);
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
  const hasFailed = useSources((state) => state.sources[id]?.state === 'failed');
  const path = openPath(block, hasFailed);
  if (!path) return null;
  return (
    <button
      type="button"
      className={className}
      onClick={() => void choosePath(id, path.name, path.parameter)}
    >
      {chooseText(path.parameter)}
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
    <div
      className="path-field"
      ref={field}
      title={typeof props.value === 'string' ? props.value : undefined}
      onBlur={() => requestAnimationFrame(showEnd)}
    >
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
