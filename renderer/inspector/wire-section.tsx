/** What the inspector says of one selected wire: what runs along it, from where to where. */
import type { WireResult } from '../../shared/compiler/compilation';
import { shapeText } from '../../shared/compiler/shape';
import type { Endpoint } from '../../shared/document/document';
import { deleteSelection } from '../canvas/actions';
import { titleOf } from '../canvas/block-text';
import { definitionOfBlock } from '../state/blocks';
import { useCompilation } from '../state/compilation';
import { useProject } from '../state/project-store';

const KINDS: Record<WireResult['kind'], string> = {
  tensor: 'Tensor',
  dataset: 'Data',
  loss: 'Loss',
  optimizer: 'Optimizer',
  metric: 'Metrics',
};

/** The block at the end may be missing in a file that was changed by hand. */
function End({ label, end }: { label: string; end: Endpoint }) {
  const block = useProject(({ document: { blocks } }) =>
    Object.hasOwn(blocks, end.block) ? blocks[end.block] : null,
  );
  return (
    <div className="kv">
      <span>{label}</span>
      <span>
        {block ? titleOf(block, definitionOfBlock(block)) : end.block}{' '}
        <span className="ink3">({end.port})</span>
      </span>
    </div>
  );
}

/** Shape, kind of number and mask of a tensor. */
function TensorLines({ result }: { result: WireResult }) {
  if (result.shape === null) return <p className="s12 ink2">Its shape is not known yet.</p>;
  return (
    <>
      <div className="kv">
        <span>Shape</span>
        <span className="mono">{shapeText(result.shape)}</span>
      </div>
      <div className="kv">
        <span>Numbers</span>
        <span className="mono">{result.dtype}</span>
      </div>
      <div className="kv">
        <span>Mask</span>
        <span>{result.masked ? 'of padding' : 'none'}</span>
      </div>
    </>
  );
}

export function WireInspector({ id }: { id: string }) {
  const wire = useProject(({ document }) => document.wires[id]);
  const result = useCompilation(({ wires }) => wires[id]);
  return (
    <>
      <div className="inspector-head">
        <h2 className="grow">{result ? `${KINDS[result.kind]} wire` : 'Wire'}</h2>
      </div>
      <section className="many-actions" aria-live="polite">
        <End label="From" end={wire.from} />
        <End label="To" end={wire.to} />
        {result?.kind === 'tensor' && <TensorLines result={result} />}
        {result?.wrong && (
          <p className="s12 ink2">What it brings does not fit. The problems below say why.</p>
        )}
        <button type="button" className="btn" onClick={deleteSelection}>
          Delete
        </button>
      </section>
    </>
  );
}
