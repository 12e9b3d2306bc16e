/** How large the installed application is, by part. Packages it as the installers do. */
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { listPackage, statFile } from '@electron/asar';
import { packageApplication } from '../packaged';

const MB = 1e6;
/** Without TensorFlow, which has one size for everybody. */
const LARGEST_OWN = 30 * MB;

function sizeOf(file: string): number {
  const stat = lstatSync(file);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(file).reduce((sum, name) => sum + sizeOf(path.join(file, name)), 0);
}

function partOf(file: string): string {
  if (file.startsWith('/out/renderer/')) return 'window';
  if (file.startsWith('/out/main/')) return 'host, engine and shell';
  if (file.startsWith('/node_modules/')) return 'TensorFlow.js';
  return 'examples, icons';
}

export function bench(): Promise<boolean> {
  const made = packageApplication();
  const { folder } = made;
  try {
    const resources = path.join(folder, 'resources');
    const archive = path.join(resources, 'app.asar');
    const parts: Record<string, number> = {};
    for (const file of listPackage(archive, { isPack: false })) {
      const entry = statFile(archive, file.slice(1));
      if ('size' in entry) parts[partOf(file)] = (parts[partOf(file)] ?? 0) + entry.size;
    }
    const own = sizeOf(archive);
    const native = sizeOf(path.join(resources, 'native'));
    parts.TensorFlow = native;
    parts.Electron = sizeOf(folder) - own - native;
    for (const [part, size] of Object.entries(parts).sort(([, a], [, b]) => b - a))
      console.log(`${part.padEnd(24)} ${(size / MB).toFixed(1).padStart(7)} MB`);
    console.log(
      `${'all'.padEnd(24)} ${(sizeOf(folder) / MB).toFixed(1).padStart(7)} MB, of it our archive ${(own / MB).toFixed(1)} MB (asked \u2264 ${LARGEST_OWN / MB})`,
    );
    return Promise.resolve(own <= LARGEST_OWN);
  } finally {
    made.remove();
  }
}
