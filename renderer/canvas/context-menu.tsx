/** The menu under the right button: for the canvas, a block, a wire, a note. */
import { Menu } from '@mantine/core';
import { useMemo } from 'react';
import { definitionOf } from '../../shared/blocks/catalogue';
import { replacementsOf } from '../../shared/compiler/replace';
import { shortcutText } from '../app/commands';
import { undo, redo, useProject } from '../state/project-store';
import { addNote, deleteSelection, deleteWire, replaceWith, selectAll, toggleMode } from './actions';
import { showAll, showCanvas, useCanvas, type CanvasState } from './canvas-store';
import { groupSelection, isComposite, openBlock, unpackBlock } from './composite-actions';
import { duplicate, pasteText, selectionText } from './copies';
import { startKeyboardWire } from './keyboard-wire';
import { arrange } from './layout';

type OpenMenu = NonNullable<CanvasState['menu']>;

async function copySelection(): Promise<void> {
  await navigator.clipboard.writeText(selectionText());
}
async function pasteClipboard(): Promise<void> {
  pasteText(await navigator.clipboard.readText());
}

function CanvasItems({ menu }: { menu: OpenMenu }) {
  return (
    <>
      <Menu.Item
        rightSection="Tab"
        onClick={() => showCanvas({ search: { at: menu.at, position: menu.position } })}
      >
        Place a block
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('note')} onClick={() => addNote(menu.position)}>
        Add a note
      </Menu.Item>
      <Menu.Item rightSection="Ctrl V" onClick={() => void pasteClipboard()}>
        Paste
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item rightSection={shortcutText('undo')} onClick={undo}>
        Undo
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('redo')} onClick={redo}>
        Redo
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item rightSection={shortcutText('select-all')} onClick={selectAll}>
        Select everything
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('layout')} onClick={() => void arrange()}>
        Arrange the network
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('fit')} onClick={showAll}>
        Show the whole network
      </Menu.Item>
    </>
  );
}

/** Another loss, optimizer or activation in the same place. */
function ReplaceItems({ id }: { id: string }) {
  const document = useProject((state) => state.document);
  const types = useMemo(() => replacementsOf(document, id), [document, id]);
  if (types.length === 0) return null;
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>Replace with</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown className="menu-long">
        {types.map((type) => (
          <Menu.Item key={type} onClick={() => replaceWith(id, type)}>
            {definitionOf(type)?.title ?? type}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function BlockItems() {
  const blocks = useProject((state) => state.selection.blocks);
  const all = useProject((state) => state.document.blocks);
  const muted = blocks.length > 0 && blocks.every((id) => all[id]?.mode === 'muted');
  const bypassed = blocks.length > 0 && blocks.every((id) => all[id]?.mode === 'bypassed');
  return (
    <>
      {blocks.length === 1 && (
        <Menu.Item rightSection={shortcutText('wire')} onClick={startKeyboardWire}>
          Connect to
        </Menu.Item>
      )}
      {blocks.length === 1 && <ReplaceItems id={blocks[0]} />}
      <Menu.Item
        rightSection={shortcutText('duplicate')}
        onClick={() => duplicate(useProject.getState().selection)}
      >
        Duplicate
      </Menu.Item>
      <Menu.Item rightSection="Ctrl C" onClick={() => void copySelection()}>
        Copy
      </Menu.Item>
      <Menu.Item rightSection="Ctrl X" onClick={() => void copySelection().then(deleteSelection)}>
        Cut
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item rightSection={shortcutText('group')} onClick={groupSelection}>
        Group into one block
      </Menu.Item>
      {blocks.length === 1 && isComposite(blocks[0]) && (
        <>
          <Menu.Item rightSection={shortcutText('open-block')} onClick={() => openBlock(blocks[0])}>
            Open
          </Menu.Item>
          <Menu.Item rightSection={shortcutText('unpack')} onClick={() => unpackBlock(blocks[0])}>
            Unpack
          </Menu.Item>
        </>
      )}
      <Menu.Divider />
      <Menu.Item rightSection={shortcutText('bypass')} onClick={() => toggleMode(blocks, 'bypassed')}>
        {bypassed ? 'Stop bypassing' : 'Bypass'}
      </Menu.Item>
      <Menu.Item rightSection={shortcutText('mute')} onClick={() => toggleMode(blocks, 'muted')}>
        {muted ? 'Unmute' : 'Mute'}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item rightSection={shortcutText('delete')} onClick={deleteSelection}>
        Delete
      </Menu.Item>
    </>
  );
}

function Items({ menu }: { menu: OpenMenu }) {
  switch (menu.target.kind) {
    case 'canvas':
      return <CanvasItems menu={menu} />;
    case 'block':
      return <BlockItems />;
    case 'wire': {
      const { id } = menu.target;
      return (
        <Menu.Item rightSection={shortcutText('delete')} onClick={() => deleteWire(id)}>
          Delete wire
        </Menu.Item>
      );
    }
    case 'note':
      return (
        <>
          <Menu.Item
            rightSection={shortcutText('duplicate')}
            onClick={() => duplicate(useProject.getState().selection)}
          >
            Duplicate
          </Menu.Item>
          <Menu.Item rightSection={shortcutText('delete')} onClick={deleteSelection}>
            Delete
          </Menu.Item>
        </>
      );
  }
}

export function ContextMenu() {
  const menu = useCanvas((state) => state.menu);
  if (!menu) return null;
  return (
    <Menu
      key={`${menu.at.x} ${menu.at.y}`}
      opened
      onClose={() => showCanvas({ menu: null })}
      offset={2}
      returnFocus
    >
      <Menu.Target>
        <div className="menu-anchor" style={{ left: menu.at.x, top: menu.at.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Items menu={menu} />
      </Menu.Dropdown>
    </Menu>
  );
}
