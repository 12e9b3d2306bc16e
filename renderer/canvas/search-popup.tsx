/** The search for a block at a point of the canvas: by Tab, by double-click, or where a wire was dropped in the void. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { BlockIcon } from '../icons/block-icons';
import { findAll, ownBlocks } from '../palette/own-blocks';
import { openedComposite, selectedBlock, useProject } from '../state/project-store';
import { addAfterSelection, addBlock, nameOf } from './actions';
import { showCanvas, useCanvas, type Search } from './canvas-store';
import { FIRST_PORT } from './geometry';
import { blocksThatFit } from './wiring';

const WIDTH = 280;
const HEIGHT = 336;

function useFound(search: Search, query: string) {
  const document = useProject((state) => state.document);
  const opened = useProject(openedComposite);
  const fitting = useMemo(() => {
    const { from } = search;
    return from ? new Set(blocksThatFit(document, from.end, from.side)) : null;
  }, [document, search]);
  return useMemo(
    () => findAll(query, ownBlocks(document, opened)).filter(({ type }) => !fitting || fitting.has(type)),
    [document, fitting, opened, query],
  );
}

/**
 * Where the pointer asked for it; a wire dropped in the void meets the first port of the new block. Keys ask for it after the
 * selected block.
 */
function place(type: string, { position, from, byKeys }: Search): void {
  const x = from?.side === 'input' ? position.x - 128 : position.x;
  const wanted = { x, y: position.y - FIRST_PORT };
  if (byKeys) addAfterSelection(type, wanted);
  else addBlock(type, { position: wanted, from });
}

function placeholderOf({ from, byKeys }: Search, selected: string | null): string {
  if (from) return `What fits ${from.side === 'output' ? 'after' : 'before'} ${nameOf(from.end.block)}`;
  return byKeys && selected ? `What to add after ${nameOf(selected)}` : 'Search blocks';
}

function Popup({ search }: { search: Search }) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = useFound(search, query);
  const selected = useProject(selectedBlock);
  const here = Math.min(active, found.length - 1);

  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const canvas = document.querySelector<HTMLElement>('[data-area=canvas]');
      (before instanceof HTMLElement && before !== document.body && before.isConnected
        ? before
        : canvas
      )?.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [here]);

  const close = () => showCanvas({ search: null });
  const choose = (type: string) => {
    close();
    place(type, search);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') close();
    else if (event.key === 'Enter' && found[here]) choose(found[here].type);
    else if (event.key === 'ArrowDown') setActive(Math.min(found.length - 1, here + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, here - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <div className="search-ground" onPointerDown={close} onContextMenu={close} />
      <div
        className="search-popup"
        role="dialog"
        aria-label="Place a block"
        style={{
          left: Math.max(8, Math.min(search.at.x, window.innerWidth - WIDTH - 8)),
          top: Math.max(8, Math.min(search.at.y, window.innerHeight - HEIGHT - 8)),
          width: WIDTH,
        }}
      >
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls="search-popup-list"
          aria-activedescendant={found[here] ? `search-${found[here].type}` : undefined}
          aria-label="Search blocks"
          placeholder={placeholderOf(search, selected)}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <ul id="search-popup-list" role="listbox" aria-label="Blocks" ref={list}>
          {found.map((definition, i) => (
            <li
              key={definition.type}
              id={`search-${definition.type}`}
              role="option"
              aria-selected={i === here}
              onPointerMove={() => setActive(i)}
              onClick={() => choose(definition.type)}
            >
              <BlockIcon type={definition.type} category={definition.category} />
              <span className="grow">{definition.title}</span>
              <small className="ink3">{definition.category}</small>
            </li>
          ))}
          {found.length === 0 && <li className="ink3">No block is called “{query}”.</li>}
        </ul>
        {found[here] && <p className="s11 ink3 search-summary">{found[here].summary}</p>}
      </div>
    </>
  );
}

export function SearchPopup() {
  const search = useCanvas((state) => state.search);
  return search ? <Popup key={`${search.at.x} ${search.at.y}`} search={search} /> : null;
}
