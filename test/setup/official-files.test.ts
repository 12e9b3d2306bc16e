/** The addresses are those that tfjs-node's own installer would fetch; the installer itself is asked. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { officialAddresses } from '../../electron/setup/official-files';

const installed = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));
const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry installer '));
fs.cpSync(path.join(installed, 'scripts'), path.join(copy, 'scripts'), { recursive: true });
fs.copyFileSync(path.join(installed, 'package.json'), path.join(copy, 'package.json'));

/** Lets the installer believe that it runs elsewhere, and keeps it from fetching anything. */
const PRETEND = `
const os = require('os');
os.platform = () => process.env.PRETEND_PLATFORM;
os.arch = () => process.env.PRETEND_ARCH;
require('http').get = require('https').get = () => process.exit(0);
`;
fs.writeFileSync(path.join(copy, 'pretend.cjs'), PRETEND);

/** What the installer says that it downloads; null when it refuses. */
function installerSays(platform: string, arch: string, mirror: string): string | null {
  fs.rmSync(path.join(copy, 'deps'), { recursive: true, force: true });
  const run = spawnSync(
    process.execPath,
    ['-r', path.join(copy, 'pretend.cjs'), path.join(copy, 'scripts', 'install.js')],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_PATH: path.resolve(installed, '..', '..'),
        PRETEND_PLATFORM: platform,
        PRETEND_ARCH: arch,
        TFJS_NODE_CDN_STORAGE: mirror,
      },
    },
  );
  return /^https?:\S+$/m.exec(run.stdout)?.[0] ?? null;
}

afterEach(() => vi.unstubAllEnvs());
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

describe('official files', () => {
  test.each([
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
    ['darwin', 'arm64'],
    ['win32', 'arm64'],
  ])('for %s on %s are those of the installer', async (platform, arch) => {
    vi.stubEnv('TFJS_NODE_CDN_STORAGE', '');
    const addresses = await officialAddresses(platform, arch);
    const expected = installerSays(platform, arch, '');
    expect(addresses.ok ? addresses.value.library.href : null).toBe(expected);
    if (platform !== 'win32') expect(expected).toMatch(/^https:.*\.tar\.gz$/);
  });

  test('come from the mirror that the environment names', async () => {
    vi.stubEnv('TFJS_NODE_CDN_STORAGE', 'http://mirror.example/');
    vi.stubEnv('npm_config_tfjs_binding_binary_host_mirror', 'http://mirror.example/addons');
    const addresses = await officialAddresses('linux', 'x64');
    expect(addresses).toMatchObject({
      ok: true,
      value: { library: new URL(installerSays('linux', 'x64', 'http://mirror.example/') ?? '') },
    });
    expect(addresses.ok && addresses.value.addon.href).toBe(
      'http://mirror.example/addons/napi-v8/4.22.0/CPU-linux-4.22.0.tar.gz',
    );
  });

  test('a mirror that is no address is named', async () => {
    vi.stubEnv('TFJS_NODE_CDN_STORAGE', 'not an address/');
    expect(await officialAddresses('linux', 'x64')).toMatchObject({
      ok: false,
      problem: { code: 'setup/bad-mirror' },
    });
  });
});
