/** Opens a project file that is dropped on the window. */
import { useEffect, useState } from 'react';
import { desktop } from '../state/desktop';
import { openText } from '../state/project-files';
import { reportProblem } from '../state/notices';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

async function openFile(file: File): Promise<void> {
  if (file.name.endsWith('.axon')) {
    // The desktop knows where the file lies and opens it there.
    if (desktop) return;
    await openText(file.name.replace(/\.axon$/, ''), await file.text());
    return;
  }
  reportProblem({
    code: 'drop/not-a-project',
    message: `${file.name} is not a project file. Projects end in .axon; place data with a block of the Data group, as CSV table, and choose the file there.`,
  });
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
      if (file) void openFile(file);
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
