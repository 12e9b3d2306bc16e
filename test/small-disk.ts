/** A disk of two megabytes, where the machine lets tests mount one. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MEGABYTES = 2;
const mount = (...args: string[]): boolean => spawnSync(args[0], args.slice(1)).status === 0;

export class SmallDisk {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-disk-'));
  readonly mounted: boolean;

  constructor() {
    mkdirSync(this.folder, { recursive: true });
    this.mounted =
      process.platform === 'linux' &&
      mount('mount', '-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', this.folder);
  }

  private get filling(): string {
    return path.join(this.folder, 'filling');
  }

  /** Takes every byte that is left. */
  fill(): void {
    const handle = openSync(this.filling, 'a');
    try {
      for (;;) writeSync(handle, Buffer.alloc(4096));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(handle);
    }
  }

  /** Whether it could be: not while a file on it is being written. */
  makeReadOnly(): boolean {
    return mount('mount', '-o', 'remount,ro', this.folder);
  }

  makeWritable(): void {
    mount('mount', '-o', 'remount,rw', this.folder);
  }

  free(): void {
    rmSync(this.filling, { force: true });
  }

  /** As if the person had made room. */
  grow(): void {
    mount('mount', '-o', 'remount,size=64m', this.folder);
  }

  close(): void {
    if (this.mounted) spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function isAllowed(): boolean {
  const disk = new SmallDisk();
  disk.close();
  return disk.mounted;
}

export const canMount = isAllowed();
