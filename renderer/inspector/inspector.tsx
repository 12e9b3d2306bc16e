/** The inspector: what is selected, answered in the order of questions. */
import { Menu } from '@mantine/core';
import { Ellipsis, X } from 'lucide-react';
import { useState } from 'react';
import type { Block } from '../../shared/document/document';
import { shortcutText } from '../app/commands';
import { deleteSelection, nameOf, toggleMode } from '../canvas/actions';
import { titleOf } from '../canvas/block-text';
import { groupSelection } from '../canvas/composite-actions';
import { duplicate } from '../canvas/copies';
import { BlockIcon } from '../icons/block-icons';
import { useBuildLayout } from '../state/build-layout';
import { definitionOfBlock } from '../state/blocks';
import { useCompilation, useNextStep } from '../state/compilation';
import { change, selectedBlock, selectedWire, useProject } from '../state/project-store';
import { countText, plural, shortCountText } from '../ui/numbers';
import { ActivationSection, CostSection, HelpSection, ShapesSection } from './block-sections';
import { CompositeSection, OpenedInspector } from './composite-sections';
import { DataSection } from './data-section';
import { ParametersSection } from './parameters';
import { ScheduleSection } from './schedule-section';
import { WireInspector } from './wire-section';
import './data-section.css';
import './fields.css';
import './help.css';
import './inspector.css';

function BlockMenu({ id }: { id: string }) {
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <button type="button" className="btn ghost icon" aria-label="More actions">
          <Ellipsis size={16} strokeWidth={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          rightSection={shortcutText('duplicate')}
          onClick={() => duplicate({ blocks: [id], notes: [] })}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item rightSection={shortcutText('bypass')} onClick={() => toggleMode([id], 'bypassed')}>
          Bypass
        </Menu.Item>
        <Menu.Item rightSection={shortcutText('mute')} onClick={() => toggleMode([id], 'muted')}>
          Mute
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item rightSection={shortcutText('delete')} onClick={deleteSelection}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The title is a label that can be written over; empty it goes back to the type's. */
function TitleField({ id, block }: { id: string; block: Block }) {
  const [draft, setDraft] = useState<string | null>(null);
  const usual = definitionOfBlock(block)?.title ?? block.type;
  const write = () => {
    const title = draft?.trim() === usual ? '' : (draft?.trim() ?? block.title);
    setDraft(null);
    if (title !== block.title) change({ kind: 'set-title', id, title }, { label: `Rename ${nameOf(id)}` });
  };
  return (
    <input
      className="title-field"
      aria-label="Title"
      maxLength={200}
      value={draft ?? titleOf(block, definitionOfBlock(block))}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={write}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}

function BlockInspector({ id, block }: { id: string; block: Block }) {
  const result = useCompilation((state) => state.blocks[id]);
  const definition = definitionOfBlock(block);
  const kind = definition?.behaviour.kind;
  return (
    <>
      <div className="inspector-head">
        <BlockIcon type={block.type} category={definition?.category} />
        <TitleField key={id} id={id} block={block} />
        <span className="mono ink3">{id}</span>
        <BlockMenu id={id} />
      </div>
      {!definition && (
        <section>
          <p className="s12 ink2">
            This version of Axonry does not know blocks of the type <code className="mono">{block.type}</code>
            . It is kept in the file as it is.
          </p>
        </section>
      )}
      {kind === 'composite' && <CompositeSection id={id} />}
      {(kind === 'layer' || kind === 'loss' || kind === 'input' || kind === 'composite') && (
        <ShapesSection result={result} readsData={kind === 'input'} judges={kind === 'loss'} />
      )}
      {definition && <ParametersSection key={id} id={id} block={block} definition={definition} />}
      {(kind === 'source' || kind === 'preparation') && (
        <DataSection key={`data ${id}`} id={id} block={block} result={result} isSource={kind === 'source'} />
      )}
      {definition && <ActivationSection id={id} block={block} definition={definition} />}
      {kind === 'optimizer' && <ScheduleSection id={id} block={block} />}
      {(kind === 'layer' || kind === 'composite') && <CostSection result={result} />}
      {definition && <HelpSection key={`help ${block.type}`} definition={definition} block={block} />}
    </>
  );
}

function ProjectInspector() {
  const name = useProject((state) => state.project?.name);
  const count = useProject((state) => Object.keys(state.document.blocks).length);
  const totals = useCompilation((state) => state.totals);
  const { text: next } = useNextStep();
  return (
    <>
      <div className="inspector-head">
        <h2 className="grow">{name}</h2>
      </div>
      <section>
        <div className="kv">
          <span>Blocks</span>
          <span className="num">{countText(count)}</span>
        </div>
        <div className="kv">
          <span>Weights</span>
          <span className="num">{countText(totals.parameters)}</span>
        </div>
        <div className="kv">
          <span>Multiply-adds per sample</span>
          <span className="num">{shortCountText(totals.multiplyAdds)}</span>
        </div>
      </section>
      <section>
        <h3>Next</h3>
        <p className="s12 ink2">{next}</p>
        <p className="s12 ink2">Select a block to see its shapes, parameters and cost.</p>
      </section>
    </>
  );
}

function ManyInspector() {
  const selection = useProject((state) => state.selection);
  const results = useCompilation((state) => state.blocks);
  const weights = selection.blocks.reduce((sum, id) => sum + (results[id]?.parameters ?? 0), 0);
  const what = [
    selection.blocks.length > 0 && plural(selection.blocks.length, 'block'),
    selection.wires.length > 0 && plural(selection.wires.length, 'wire'),
    selection.notes.length > 0 && plural(selection.notes.length, 'note'),
  ].filter(Boolean);
  return (
    <>
      <div className="inspector-head">
        <h2 className="grow">{what.join(', ')}</h2>
      </div>
      <section className="many-actions">
        {selection.blocks.length > 0 && (
          <>
            <div className="kv">
              <span>Weights together</span>
              <span className="num">{countText(weights)}</span>
            </div>
            <button type="button" className="btn" onClick={groupSelection}>
              Group into one block
            </button>
            <button type="button" className="btn" onClick={() => duplicate(selection)}>
              Duplicate
            </button>
            <button type="button" className="btn" onClick={() => toggleMode(selection.blocks, 'bypassed')}>
              Bypass
            </button>
            <button type="button" className="btn" onClick={() => toggleMode(selection.blocks, 'muted')}>
              Mute
            </button>
          </>
        )}
        <button type="button" className="btn" onClick={deleteSelection}>
          Delete
        </button>
      </section>
    </>
  );
}

function Content() {
  const id = useProject(selectedBlock);
  const block = useProject((state) => (id ? state.document.blocks[id] : undefined));
  const nothingSelected = useProject(
    ({ selection }) => selection.blocks.length + selection.wires.length + selection.notes.length === 0,
  );
  const isOpened = useProject(({ opened }) => opened.length > 0);
  const wire = useProject(selectedWire);
  if (wire !== null) return <WireInspector id={wire} />;
  if (id && block) return <BlockInspector id={id} block={block} />;
  if (nothingSelected) return isOpened ? <OpenedInspector /> : <ProjectInspector />;
  return <ManyInspector />;
}

export function Inspector() {
  const narrow = useBuildLayout((state) => state.narrow);
  const close = () => useBuildLayout.setState({ inspectorOpen: false });
  return (
    <aside
      className="panel inspector"
      aria-label="Inspector"
      data-area="inspector"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        if (narrow) close();
        document.querySelector<HTMLElement>('[data-area=canvas]')?.focus();
      }}
    >
      {narrow && (
        <button
          type="button"
          className="btn ghost icon inspector-close"
          aria-label="Close the inspector"
          onClick={close}
        >
          <X size={16} strokeWidth={1.5} aria-hidden />
        </button>
      )}
      <Content />
    </aside>
  );
}
