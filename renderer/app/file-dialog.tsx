/** Chooses a file or a folder inside the served folder, where the browser has no dialog of its own for that. */
import { TextInput } from '@mantine/core';
import { ArrowUp, File, Folder } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { BrowseEntry, HostAnswers } from '../../shared/protocol/host-api';
import { closeDialog, type FileQuestion } from '../state/dialogs';
import { host } from '../state/host';
import { sizeText, timeText } from '../ui/numbers';

type Place = HostAnswers['browse'];
const icon = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const;

/** The folder that is looked into, as the host answers it. */
function usePlace(question: FileQuestion) {
  const [folder, setFolder] = useState(question.folder);
  const [place, setPlace] = useState<Place | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { extensions } = question;
  useEffect(() => {
    let late = false;
    void host.browse({ path: folder, extensions: extensions && [...extensions] }).then((answer) => {
      if (late) return;
      if (answer.ok) setPlace(answer.value);
      // The folder to begin in may be gone since it was chosen.
      else if (folder !== undefined && folder === question.folder) return setFolder(undefined);
      setProblem(answer.ok ? null : answer.problem.message);
    });
    return () => {
      late = true;
    };
  }, [folder, extensions, question.folder]);
  return { place, problem, go: setFolder };
}

function EntryRow({
  entry,
  selected,
  disabled,
  onSelect,
  onOpen,
}: {
  entry: BrowseEntry;
  selected: boolean;
  /** Shown to recognise the folder by, not to be chosen. */
  disabled: boolean;
  onSelect: () => void;
  onOpen: () => void;
}) {
  return (
    <button
      type="button"
      role="option"
      aria-selected={selected}
      disabled={disabled}
      className="file-entry"
      onClick={onSelect}
      onDoubleClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onOpen();
      }}
    >
      {entry.kind === 'folder' ? <Folder {...icon} /> : <File {...icon} />}
      <span className="grow">{entry.name}</span>
      <span className="ink3 s11 num">{entry.kind === 'file' ? sizeText(entry.size) : ''}</span>
      <span className="ink3 s11 num file-time">{timeText(entry.modified)}</span>
    </button>
  );
}

function moveInList(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.file-entry:enabled')];
  const here = rows.findIndex((row) => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, here + step))]?.focus();
}

const joined = (folder: string, name: string): string => {
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
};

function withExtension(name: string, extensions: readonly string[] | undefined): string {
  const [first] = extensions ?? [];
  return !first || extensions?.some((extension) => name.endsWith(`.${extension}`))
    ? name
    : `${name}.${first}`;
}

export function FileDialog({ question }: { question: FileQuestion }) {
  const { place, problem, go } = usePlace(question);
  const [taken, setTaken] = useState<BrowseEntry | null>(null);
  const [name, setName] = useState(question.name ?? '');
  /** Enter came before the folder was read. */
  const [early, setEarly] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const saving = question.choose === 'save';
  const wanted =
    place?.entries.find(({ kind, name: of }) => kind === 'file' && of === question.wanted) ?? null;
  const selected = taken ?? wanted;
  // Enter takes what was looked for.
  useEffect(() => {
    if (wanted) list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, [wanted]);

  const chosen = (): string | null => {
    if (!place) return null;
    if (saving)
      return name.trim() ? joined(place.path, withExtension(name.trim(), question.extensions)) : null;
    if (selected?.kind === 'file') return question.choose === 'folder' ? null : selected.path;
    if (question.choose === 'file') return null;
    return selected?.path ?? place.path;
  };
  const path = chosen();
  useEffect(() => {
    if (early && path) question.resolve(path);
  }, [early, path, question]);
  const enter = (folder: string) => {
    setTaken(null);
    go(folder);
    list.current?.focus();
  };
  const open = (entry: BrowseEntry) => {
    if (entry.kind === 'folder') enter(entry.path);
    else if (saving) setName(entry.name);
    else if (question.choose !== 'folder') question.resolve(entry.path);
  };

  return (
    <form
      className="file-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (path) question.resolve(path);
        else if (saving && !place) setEarly(true);
      }}
    >
      {question.text && <p className="ink2">{question.text}</p>}
      <div className="row g8">
        <button
          type="button"
          className="btn icon"
          aria-label="Folder above"
          disabled={!place?.parent}
          onClick={() => place?.parent && enter(place.parent)}
        >
          <ArrowUp {...icon} />
        </button>
        <span className="mono grow file-place">
          <bdi>{place?.path ?? ''}</bdi>
        </span>
      </div>
      {problem && <p className="field-problem">{problem}</p>}
      <div
        className="file-list"
        role="listbox"
        aria-label="Files and folders"
        tabIndex={0}
        ref={list}
        onKeyDown={moveInList}
      >
        {place?.entries.map((entry) => (
          <EntryRow
            key={entry.path}
            entry={entry}
            selected={entry.path === selected?.path}
            disabled={question.choose === 'folder' && entry.kind === 'file'}
            onSelect={() => {
              setTaken(entry);
              if (saving && entry.kind === 'file') setName(entry.name);
            }}
            onOpen={() => open(entry)}
          />
        ))}
        {place?.entries.length === 0 && (
          <p className="ink3 s12 file-empty">
            {question.extensions
              ? `No folders and no ${question.extensions.map((extension) => `.${extension}`).join(', ')} files here.`
              : 'This folder is empty.'}
          </p>
        )}
      </div>
      {saving && (
        <TextInput
          label="Name"
          value={name}
          data-autofocus
          onChange={(event) => {
            setName(event.currentTarget.value);
            setEarly(false);
          }}
        />
      )}
      <div className="row g8 dialog-actions">
        <button type="submit" className="btn primary" disabled={place !== null && !path}>
          {question.action}
        </button>
        <button type="button" className="btn" onClick={closeDialog}>
          Cancel
        </button>
      </div>
    </form>
  );
}
