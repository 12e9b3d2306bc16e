/** What the file system refuses, as a sentence that names the file and what to do. */
import { fail, type Problem } from '../../shared/result';

type Doing = 'read' | 'save' | 'list';

const doings: Record<Doing, string> = {
  read: 'could not be read',
  save: 'could not be saved',
  list: 'could not be listed',
};

function reasonOf(code: string, doing: Doing): string | null {
  switch (code) {
    case 'ENOENT':
      return doing === 'save'
        ? 'the folder does not exist. Choose another folder'
        : 'there is nothing at this path. Check the name';
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder. Choose another folder';
    case 'EISDIR':
      return 'it is a folder, not a file. Name a file in it';
    case 'EACCES':
    case 'EPERM':
      return `you are not allowed to ${doing === 'save' ? 'write' : 'read'} there. Change its permissions or choose another place`;
    case 'EROFS':
      return 'the disk is read-only. Choose another place';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full. Free some space and save again';
    case 'EEXIST':
      return 'something with this name is already there. Choose another name';
    case 'ENAMETOOLONG':
      return 'the name is too long. Choose a shorter one';
    case 'ELOOP':
      return 'its links lead in a circle. Choose another place';
    default:
      return /^E[A-Z0-9]+$/.test(code)
        ? `the system reports ${code}. Try again or choose another place`
        : null;
  }
}

/** The problem behind an error of the file system; any other error is a bug and is thrown on. */
export function fileProblem(error: unknown, file: string, doing: Doing): { ok: false; problem: Problem } {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const reason = code === undefined ? null : reasonOf(code, doing);
  if (code === undefined || reason === null) throw error;
  return fail(`file/${code.toLowerCase()}`, `${file} ${doings[doing]}: ${reason}.`);
}
