/** The application as an installer puts it on a disk: what is in it, and the same journey as unpackaged. */
import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktopRuntime } from '../desktop-runtime';
import { lacks, noNetwork } from '../environment';
import { openForDriver, packageApplication, type Package } from '../packaged';
import { Computer, projectFolder, quit, type Desktop } from './desktop-application';
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
    expect(files.filter((file) => file.endsWith('.wasm')).map((file) => path.basename(file))).toEqual([
      'tfjs-backend-wasm-simd.wasm',
      'tfjs-backend-wasm.wasm',
    ]);
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

describe.skipIf(skip)('the package without TensorFlow', () => {
  const computer = new Computer();
  let desktop: Desktop | undefined;
  afterAll(() => computer.remove(desktop));

  it('trains on the WebAssembly engine that it brings', async () => {
    await openForDriver(made);
    const file = path.join(computer.folder, 'moons.axon');
    copyFileSync(path.join(projectFolder, 'assets/examples/moons.axon'), file);
    const env = { ...noNetwork, AXONRY_NATIVE: path.join(computer.folder, 'none') };
    desktop = await computer.start({ executable: made.executable, args: [file], env });
    const { page } = desktop;
    await page.locator('.react-flow__node[data-id="train"]').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Ways to get the engine' }).click({ timeout: 60_000 });
    await page.getByRole('menuitem', { name: /Train without it/ }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 120_000 });
    expect(await page.locator('.setup-banner').innerText()).toContain('WebAssembly');
    await quit(desktop);
  }, 240_000);
});

if (!skip)
  journey('the packaged application', async () => {
    await openForDriver(made);
    // Nothing was ever prepared on this computer: what the package brings is used.
    return { executable: made.executable, env: { AXONRY_CACHE: path.join(made.folder, '..', 'cache') } };
  });
