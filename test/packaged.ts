/** Packages the application as the installers do, with the Electron of the tests, into a folder that can be started. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { copyOfDist } from './desktop-runtime';

const project = path.resolve(import.meta.dirname, '..');

export interface Package {
  /** What an installer would put on a person's disk. */
  folder: string;
  executable: string;
  remove: () => void;
}

/** `electron-builder --dir` for this system with the project's own configuration. */
export function packageApplication(): Package {
  const work = mkdtempSync(path.join(os.tmpdir(), 'axonry-package-'));
  const remove = () => rmSync(work, { recursive: true, force: true });
  const dist = copyOfDist(path.join(work, 'dist'));
  const ownElectron = dist ? [`-c.electronDist=${dist.folder}`, `-c.electronVersion=${dist.version}`] : [];
  const made = spawnSync(
    process.execPath,
    ['scripts/package.mjs', '--dir', `-c.directories.output=${path.join(work, 'made')}`, ...ownElectron],
    // TensorFlow's 800 MB are linked, not copied, where that is possible.
    { cwd: project, encoding: 'utf8', env: { ...process.env, USE_HARD_LINKS: 'true' } },
  );
  if (made.status !== 0) {
    remove();
    throw new Error(`packaging did not succeed: ${made.stdout}${made.stderr}`);
  }
  const [unpacked] = readdirSync(path.join(work, 'made')).filter((name) => name.endsWith('-unpacked'));
  const folder = path.join(work, 'made', unpacked);
  const executable = path.join(folder, 'axonry');
  if (!existsSync(executable)) throw new Error(`${executable} was not made.`);
  return { folder, executable, remove };
}

/** The driver of the tests needs the one door that the package keeps shut. */
export const openForDriver = async ({ executable }: Package): Promise<void> => {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
};
