/** What is dropped on the window: a project is opened, a table becomes a block. */
import { useEffect, useState } from 'react';
import { droppedAs } from '../../shared/protocol/dropped-file';
import { desktop } from '../state/desktop';
import { openText } from '../state/project-files';
import { reportProblem } from '../state/notices';
import { chooseAndPlace, noteDrop } from './place-table';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

async function take(file: File): Promise<void> {
  const kind = droppedAs(file.name);
  // The desktop knows where the file lies, and opens or places it from there.
  if (kind !== null && desktop) return;
  switch (kind) {
    case 'project':
      await openText(file.name.replace(/\.axon$/i, ''), await file.text());
      return;
    case 'table':
      return chooseAndPlace(file.name);
    case null:
      reportProblem({
        code: 'drop/unknown-file',
        message: `${file.name} is neither a project, which ends in .axon, nor a table, as a CSV file. Place other data with a block of the Data group, and choose the file there.`,
      });
  }
}

/** True while files are held over the window. */
export function useDroppedFiles(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      noteDrop({ x: event.clientX, y: event.clientY });
      void take(file);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}
