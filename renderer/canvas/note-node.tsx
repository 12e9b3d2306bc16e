/** A note on the canvas: text that says why. Double-click or Enter edits it, the corners change its size. */
import { NodeResizer, type Node, type NodeProps } from 'reactflow';
import { memo, useState } from 'react';
import { change, useProject } from '../state/project-store';
import './note.css';

export type NoteFlowNode = Node<Record<string, never>, 'note'>;

function NoteNodeBody({ id, selected }: NodeProps<NoteFlowNode>) {
  const note = useProject((state) => state.document.notes[id]);
  const [editing, setEditing] = useState(note?.text === '');
  if (!note) return null;
  const write = (text: string) => {
    setEditing(false);
    if (text !== note.text) change({ kind: 'set-note', id, note: { ...note, text } }, { label: 'Edit note' });
  };
  return (
    <div
      className="note"
      style={{ width: note.width, height: note.height }}
      onDoubleClick={() => setEditing(true)}
    >
      <NodeResizer
        isVisible={selected}
        minWidth={96}
        minHeight={48}
        lineClassName="note-line"
        handleClassName="note-grip"
      />
      {editing ? (
        <textarea
          className="nodrag nopan nowheel"
          aria-label="Text of the note"
          autoFocus
          defaultValue={note.text}
          onBlur={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      ) : (
        <div className="note-text">{note.text || 'Double-click to write'}</div>
      )}
    </div>
  );
}

export const NoteNode = memo(NoteNodeBody);
