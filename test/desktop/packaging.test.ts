/** What the installers are made of: names that electron-builder would only refuse on the system in question. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config';
import { DebugLogger } from 'builder-util';
import { describe, expect, it } from 'vitest';

const project = path.resolve(import.meta.dirname, '../..');
const configuration = readFileSync(path.join(project, 'electron-builder.yml'), 'utf8');
const settings = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as {
  main: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** The lines below a top-level key. */
const section = (key: string): string =>
  new RegExp(`^${key}:\\n((?:[ #].*\\n|\\n)+)`, 'm').exec(configuration)?.[1] ?? '';

describe('packaging', () => {
  it('names targets that exist on each system', () => {
    const targets = (key: string) =>
      [...section(key).matchAll(/^ {4}- (?:target: )?(\S+)$/gm)].map(([, name]) => name);
    expect(targets('linux')).toEqual(['AppImage', 'deb', 'tar.gz']);
    expect(targets('win')).toEqual(['nsis', 'portable']);
    expect(targets('mac')).toEqual(['dmg', 'zip']);
  });

  it('is a configuration that electron-builder accepts, and would not accept with a wrong name in it', async () => {
    const config = await getConfig(project, null, null);
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
    for (const wrong of [
      { nsis: { oneclick: true } },
      { mac: { target: 7 } },
      { electronFuses: { runAsnode: false } },
    ])
      await expect(
        validateConfiguration({ ...config, ...wrong } as typeof config, new DebugLogger(false)),
      ).rejects.toThrow(/configuration/);
  });

  it('brings TensorFlow for each system and processor, and shuts the doors of Electron', async () => {
    const config = await getConfig(project, null, null);
    expect(config.extraResources).toEqual([{ from: 'out/native/${os}-${arch}', to: 'native' }]);
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
    expect(config.fileAssociations).toMatchObject([{ ext: 'axon', role: 'Editor' }]);
  });

  it('names icons that are there', () => {
    const icons = [...configuration.matchAll(/^ {2}icon: (\S+)$/gm)].map(([, file]) => file);
    expect(icons).toHaveLength(3);
    for (const icon of icons) expect(existsSync(path.join(project, icon)), icon).toBe(true);
  });

  it('packs the entry that package.json names, and no library of the window twice', () => {
    expect(section('files')).toContain(`- ${settings.main}`);
    expect(Object.keys(settings.dependencies).sort()).toEqual([
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-node',
      'node-api-headers',
      'ws',
    ]);
  });

  it('uses exact versions of Electron and electron-builder', () => {
    for (const name of ['electron', 'electron-builder'])
      expect(settings.devDependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
