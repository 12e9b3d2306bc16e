/** Where things lie: the person's own choice first, then what the system is used to. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cacheFolder, dataFolder, installedNativeFolder, nativeFolder } from '../../electron/setup/locations';

afterEach(() => vi.unstubAllEnvs());

describe('folders of Axonry', () => {
  test('are where AXONRY_CACHE, AXONRY_DATA and AXONRY_NATIVE say', () => {
    vi.stubEnv('AXONRY_CACHE', path.resolve('/somewhere/my cache'));
    vi.stubEnv('AXONRY_DATA', path.resolve('/somewhere/my data'));
    vi.stubEnv('AXONRY_NATIVE', '');
    expect(cacheFolder()).toBe(path.resolve('/somewhere/my cache'));
    expect(dataFolder()).toBe(path.resolve('/somewhere/my data'));
    expect(path.dirname(nativeFolder())).toBe(path.resolve('/somewhere/my cache/native'));
    vi.stubEnv('AXONRY_NATIVE', path.resolve('/opt/bundled'));
    expect(nativeFolder()).toBe(path.resolve('/opt/bundled'));
  });

  test('the engine’s folder tells systems and versions apart', () => {
    vi.stubEnv('AXONRY_NATIVE', '');
    expect(path.basename(nativeFolder())).toBe(`${process.platform}-${process.arch}-tfjs4.22.0-tf2.21.0`);
  });

  test('the engine for graphics cards is the one that is used once it is there, and until its folder is deleted', () => {
    const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry cache '));
    vi.stubEnv('AXONRY_CACHE', cache);
    vi.stubEnv('AXONRY_NATIVE', '');
    vi.stubGlobal('process', Object.assign(Object.create(process), { resourcesPath: '/opt/axonry' }));
    const usual = nativeFolder();
    expect(installedNativeFolder()).toBe(path.join('/opt/axonry', 'native'));
    const forCards = nativeFolder('gpu');
    expect(forCards).toBe(`${usual}-gpu`);
    fs.mkdirSync(forCards, { recursive: true });
    expect([nativeFolder(), installedNativeFolder()]).toEqual([forCards, null]);
    fs.rmSync(cache, { recursive: true });
    expect(nativeFolder()).toBe(usual);
    vi.unstubAllGlobals();
  });

  test.runIf(process.platform === 'linux')(
    'follow the XDG variables, and ignore relative ones as the specification asks',
    () => {
      vi.stubEnv('AXONRY_CACHE', '');
      vi.stubEnv('AXONRY_DATA', '');
      vi.stubEnv('XDG_CACHE_HOME', '/xdg/cache');
      vi.stubEnv('XDG_DATA_HOME', '/xdg/data');
      expect([cacheFolder(), dataFolder()]).toEqual(['/xdg/cache/axonry', '/xdg/data/axonry']);
      vi.stubEnv('XDG_CACHE_HOME', 'relative');
      vi.stubEnv('XDG_DATA_HOME', '');
      expect([cacheFolder(), dataFolder()]).toEqual([
        path.join(os.homedir(), '.cache', 'axonry'),
        path.join(os.homedir(), '.local', 'share', 'axonry'),
      ]);
    },
  );
});
