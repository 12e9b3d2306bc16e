/** The palette: what fits after the selection, then every block by category. Drag places, Enter and click add and wire. */
import { ChevronRight, Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { CATEGORIES, type AnyBlockDefinition, type Category } from '../../shared/blocks/block';
import { catalogue } from '../../shared/blocks/catalogue';
import { fitsAfter } from '../../shared/compiler/fits-after';
import { addAfterSelection, nameOf } from '../canvas/actions';
import { canvasMiddle, canvasPoint } from '../canvas/canvas-store';
import { blocksThatFit } from '../canvas/wiring';
import { BlockIcon } from '../icons/block-icons';
import { useBuildLayout } from '../state/build-layout';
import { definitionOfBlock } from '../state/blocks';
import { useCompilation } from '../state/compilation';
import { openedComposite, selectedBlock, useProject } from '../state/project-store';
import { geometryOf } from '../canvas/geometry';
import { startPlacing } from './placing';
import { findAll, libraryBlocks, ownBlocks } from './own-blocks';
import './palette.css';

const OFFERED = 4;
const FOLDED_AT_FIRST: readonly Category[] = [
  'Preparation',
  'Augmentation',
  'Sequence',
  'Activation',
  'Normalization',
  'Regularization',
  'Tensor',
  'Merge',
  'Loss',
  'Optimizer',
  'Training',
  'Composite',
];

/** Where a block goes when nothing is selected: the middle of what can be seen. */
function add(type: string): void {
  addAfterSelection(type, canvasPoint(canvasMiddle()));
  useBuildLayout.setState({ paletteOpen: false });
}

/** What could be wired to the first output of the selected block, what usually follows first. */
function useFitting(): { after: string; types: readonly string[] } | null {
  const id = useProject(selectedBlock);
  const type = useProject(({ document }) => (id ? document.blocks[id]?.type : undefined));
  const title = useProject(({ document }) => (id ? document.blocks[id]?.title : undefined));
  const wires = useProject(({ document }) => document.wires);
  const result = useCompilation((state) => (id ? state.blocks[id] : undefined));
  return useMemo(() => {
    // What fits depends on types, wires and the shape that leaves the block, not on where blocks lie.
    const { document } = useProject.getState();
    const block = id ? document.blocks[id] : undefined;
    if (!id || !block || !result || block.type !== type || document.wires !== wires) return null;
    const output = geometryOf(block).ports.find((port) => port.side === 'output');
    if (!output) return null;
    const fits = new Set(blocksThatFit(document, { block: id, port: output.name }, 'output'));
    const usual = fitsAfter(document, id, useCompilation.getState());
    const types = [...new Set([...usual.filter((wanted) => fits.has(wanted)), ...fits])].slice(0, OFFERED);
    return types.length > 0 ? { after: title || nameOf(id), types } : null;
  }, [id, type, title, result, wires]);
}

function Item({ definition, hint }: { definition: AnyBlockDefinition; hint?: string }) {
  return (
    <button
      type="button"
      className="palette-item"
      data-type={definition.type}
      tabIndex={-1}
      title={definition.summary}
      onPointerDown={(event) => startPlacing(definition.type, event, () => add(definition.type))}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          add(definition.type);
        }
      }}
    >
      <BlockIcon type={definition.type} category={definition.category} />
      <span className="grow">{definition.title}</span>
      {hint && <small aria-hidden>{hint}</small>}
    </button>
  );
}

/** Keeps its place while nothing is selected, so that the blocks below do not move under the pointer. */
function Fitting({ fitting }: { fitting: { after: string; types: readonly string[] } | null }) {
  const id = useProject(selectedBlock);
  const nothing = id
    ? `Nothing follows ${nameOf(id)}: it is an end of the network.`
    : 'Select a block to see what can follow it.';
  const name = fitting ? `Fits after ${fitting.after}` : 'What fits next';
  return (
    <section aria-label={name} className="palette-fitting">
      <h3 className="label palette-fits">{name}</h3>
      {fitting?.types.map((type) => {
        const definition = definitionOfBlock({ type });
        return definition && <Item key={type} definition={definition} />;
      })}
      {!fitting && <p className="s12 ink3 palette-nothing">{nothing}</p>}
    </section>
  );
}

function Group({
  category,
  blocks,
  folded,
  onFold,
}: {
  category: Category;
  blocks: readonly AnyBlockDefinition[];
  folded: boolean;
  onFold: () => void;
}) {
  return (
    <section aria-label={category}>
      <button
        type="button"
        className="palette-category"
        tabIndex={-1}
        aria-expanded={!folded}
        onClick={onFold}
        data-category={category}
      >
        <ChevronRight size={12} strokeWidth={1.5} aria-hidden />
        <span className="grow">{category}</span>
        {folded && <span className="num">{blocks.length}</span>}
      </button>
      {!folded && blocks.map((definition) => <Item key={definition.type} definition={definition} />)}
    </section>
  );
}

function useOwnBlocks(): readonly AnyBlockDefinition[] {
  const composites = useProject((state) => state.document.composites);
  const opened = useProject(openedComposite);
  return useMemo(() => ownBlocks({ composites }, opened), [composites, opened]);
}

/** One tab stop: arrows move among the rows and fold categories, letters go on searching. */
function moveInPalette(event: React.KeyboardEvent<HTMLElement>): void {
  const category = document.activeElement?.closest<HTMLElement>('.palette-category');
  const isFolded = category?.getAttribute('aria-expanded') === 'false';
  if (category && event.key === (isFolded ? 'ArrowRight' : 'ArrowLeft')) category.click();
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const rows = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('input, .palette-item, .palette-category'),
  ];
  const here = rows.findIndex((row) => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, here + step))]?.focus();
}

export function Palette({ autoFocus = false }: { autoFocus?: boolean }) {
  const [query, setQuery] = useState('');
  const [folded, setFolded] = useState<readonly Category[]>(FOLDED_AT_FIRST);
  const fitting = useFitting();
  const field = useRef<HTMLInputElement>(null);
  const own = useOwnBlocks();
  const found = useMemo(() => (query ? findAll(query, own) : null), [query, own]);
  const all = [...Object.values(catalogue), ...libraryBlocks()];
  const fold = (category: Category) =>
    setFolded((now) =>
      now.includes(category) ? now.filter((other) => other !== category) : [...now, category],
    );

  return (
    <aside className="panel palette" aria-label="Blocks" data-area="palette" onKeyDown={moveInPalette}>
      <div className="field palette-search">
        <Search size={16} strokeWidth={1.5} aria-hidden />
        <input
          ref={field}
          data-area-entry
          autoFocus={autoFocus}
          className="grow"
          aria-label="Search blocks"
          placeholder="Search blocks"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found?.[0]) {
              add(found[0].type);
              setQuery('');
            }
            if (event.key === 'Escape') setQuery('');
          }}
        />
        <kbd>Tab</kbd>
      </div>
      <div className="palette-list">
        {found ? (
          <section aria-label="Found">
            {found.map((definition, i) => (
              <Item key={definition.type} definition={definition} hint={i === 0 ? '⏎' : undefined} />
            ))}
            {found.length === 0 && <p className="s12 ink3 palette-nothing">No block is called “{query}”.</p>}
          </section>
        ) : (
          <>
            <Fitting fitting={fitting} />
            {own.length > 0 && (
              <section aria-label="Yours">
                <h3 className="label palette-fits">Yours</h3>
                {own.map((definition) => (
                  <Item key={definition.type} definition={definition} />
                ))}
              </section>
            )}
            {CATEGORIES.map((category) => (
              <Group
                key={category}
                category={category}
                blocks={all.filter((definition) => definition.category === category)}
                folded={folded.includes(category)}
                onFold={() => fold(category)}
              />
            ))}
          </>
        )}
      </div>
    </aside>
  );
}

/** The palette of a narrow window: one icon per category; the list opens over the canvas. */
export function PaletteRail() {
  const open = useBuildLayout((state) => state.paletteOpen);
  const show = (category: Category | null) => {
    useBuildLayout.setState({ paletteOpen: true });
    requestAnimationFrame(() => {
      const header = category ? document.querySelector<HTMLElement>(`[data-category="${category}"]`) : null;
      if (header?.getAttribute('aria-expanded') === 'false') header.click();
      header?.scrollIntoView({ block: 'start' });
      header?.focus();
    });
  };
  return (
    <>
      <nav className="panel palette-rail" aria-label="Blocks" data-area={open ? undefined : 'palette'}>
        <button
          type="button"
          className="btn ghost icon"
          aria-label="Search blocks"
          title="Search blocks"
          onClick={() => show(null)}
        >
          <Search size={16} strokeWidth={1.5} aria-hidden />
        </button>
        {CATEGORIES.map((category) => (
          <button
            key={category}
            type="button"
            className="btn ghost icon"
            aria-label={category}
            title={category}
            onClick={() => show(category)}
          >
            <BlockIcon type="" category={category} />
          </button>
        ))}
      </nav>
      {open && (
        <div
          className="palette-overlay"
          onKeyDown={(event) => {
            if (event.key === 'Escape') useBuildLayout.setState({ paletteOpen: false });
          }}
        >
          <Palette autoFocus />
        </div>
      )}
    </>
  );
}
