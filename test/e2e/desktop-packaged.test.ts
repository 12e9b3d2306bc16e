/** The application as an installer puts it on a disk: what is in it, and the same journey as unpackaged. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktopRuntime } from '../desktop-runtime';
import { lacks } from '../environment';
import { openForDriver, packageApplication, type Package } from '../packaged';
import { journey, noJourney } from './desktop-journey';

const skip =
  noJourney ||
  process.platform !== 'linux' ||
  lacks('an Electron to package with', (desktopRuntime?.dist ?? null) !== null);

let made: Package;
beforeAll(() => {
  if (!skip) made = packageApplication();
}, 600_000);
afterAll(() => {
  if (!skip) made.remove();
});

describe.skipIf(skip)('the package', () => {
  it('has its doors shut', async () => {
    const wire = await getCurrentFuseWire(made.executable);
    // The characters 0 and 1 in the program itself.
    const shut = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '0';
    const open = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1';
    expect(shut(FuseV1Options.RunAsNode)).toBe(true);
    expect(shut(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(true);
    expect(shut(FuseV1Options.EnableNodeCliInspectArguments)).toBe(true);
    expect(open(FuseV1Options.EnableCookieEncryption)).toBe(true);
    expect(open(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
    expect(open(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  });

  it('holds what runs and nothing else', () => {
    const files = listPackage(path.join(made.folder, 'resources/app.asar'), { isPack: false });
    const packages = new Set(
      files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
    );
    expect([...packages].filter((name) => !name.startsWith('@tensorflow')).sort()).toEqual([
      'google-protobuf',
      'long',
      'seedrandom',
    ]);
    expect(files.filter((file) => /^\/(electron|renderer|shared|test|scripts)\//.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(ts|tsx|map)$/.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith('/out/main/'))).toEqual([
      '/out/main/engine.cjs',
      '/out/main/main.cjs',
      '/out/main/preload.cjs',
    ]);
    expect(files.filter((file) => /^\/assets\/examples\/[^/]+\.axon$/.test(file)).length).toBeGreaterThan(3);
  });

  it('brings TensorFlow with it', () => {
    expect(readdirSync(path.join(made.folder, 'resources/native')).sort()).toEqual([
      'deps',
      'lib',
      'native.json',
    ]);
  });
});

if (!skip)
  journey('the packaged application', async () => {
    await openForDriver(made);
    // Nothing was ever prepared on this computer: what the package brings is used.
    return { executable: made.executable, env: { AXONRY_CACHE: path.join(made.folder, '..', 'cache') } };
  });
