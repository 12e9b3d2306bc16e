/** Asks whether a project may read a file or folder that lies elsewhere. The question is the system's own: no page can answer it. */
import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';

export async function askForData(window: BrowserWindow | undefined, file: string): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: 'May this project read data outside its folder?',
    detail: `${file}\n\nAllow it if you know the project. Axonry asks once for each place.`,
    buttons: ['Allow', 'Do not allow'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const asked = window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
  return (await asked).response === 0;
}
