/** What the inspector says of composite blocks: opening one, and of an opened one its name, ports and what it shows outside. */
import { useState } from 'react';
import { shortcutText } from '../app/commands';
import { addPort, conceal, openBlock, renameOpened, unpackBlock, usesOf } from '../canvas/composite-actions';
import { openedComposite, useProject } from '../state/project-store';
import { plural } from '../ui/numbers';

export function CompositeSection({ id }: { id: string }) {
  return (
    <section className="many-actions">
      <button type="button" className="btn" title={shortcutText('open-block')} onClick={() => openBlock(id)}>
        Open
      </button>
      <button type="button" className="btn" title={shortcutText('unpack')} onClick={() => unpackBlock(id)}>
        Unpack
      </button>
    </section>
  );
}

function NameField({ title }: { title: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  const write = () => {
    const next = draft?.trim();
    setDraft(null);
    if (next && next !== title) renameOpened(next);
  };
  return (
    <input
      className="title-field"
      aria-label="Name of the composite block"
      maxLength={200}
      value={draft ?? title}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={write}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}

function Ports({ names, side }: { names: readonly string[]; side: 'inputs' | 'outputs' }) {
  const word = side === 'inputs' ? 'input' : 'output';
  return (
    <div className="kv">
      <span>{side === 'inputs' ? 'Inputs' : 'Outputs'}</span>
      <span>
        {names.join(', ') || 'none'}{' '}
        <button type="button" className="btn link s11" onClick={() => addPort(side)}>
          Add {word}
        </button>
      </span>
    </div>
  );
}

/** Of the opened block, while nothing inside is selected. */
export function OpenedInspector() {
  const id = useProject(openedComposite);
  const composite = useProject(({ whole }) => (id === null ? undefined : whole.composites[id]));
  if (id === null || !composite) return null;
  const { ports, exposed, title } = composite;
  return (
    <>
      <div className="inspector-head">
        <NameField key={id} title={title || id} />
        <span className="mono ink3">{id}</span>
      </div>
      <section>
        <Ports names={Object.keys(ports.inputs)} side="inputs" />
        <Ports names={Object.keys(ports.outputs)} side="outputs" />
        <div className="kv">
          <span>Used</span>
          <span className="num">{plural(usesOf(id), 'time')}</span>
        </div>
      </section>
      <section>
        <h3>Parameters that show outside</h3>
        {Object.entries(exposed).map(([name, { block, param, also = [] }]) => (
          <div className="kv" key={name}>
            <span>{name}</span>
            <span>
              <span className="mono ink3">
                {[{ block, param }, ...also].map((target) => `${target.block}.${target.param}`).join(', ')}
              </span>{' '}
              <button type="button" className="btn link s11" onClick={() => conceal(name)}>
                Keep inside
              </button>
            </span>
          </div>
        ))}
        {Object.keys(exposed).length === 0 && (
          <p className="s12 ink2">
            None yet. Select a block inside and press the eye beside one of its parameters.
          </p>
        )}
      </section>
    </>
  );
}
