/**
 * Fills the native folder with the files that tfjs-node's own installer would fetch. Their addresses are read from
 * tfjs-node's scripts at run time, mirrors in the environment included; here no host is written down.
 */
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result';
import { compileAddon } from './compile-addon';
import { download } from './download';
import { bindingFile } from './locations';
import { libraryBesideBinding } from './native-folder';
import { probeNative } from './probe';
import { NODE_API_VERSION } from './versions';
import type { FillFolder, WayContext } from './way';

const nodeRequire = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);

/** What is used of tfjs-node's scripts/deps-constants.js. */
interface DepsConstants {
  LIBTENSORFLOW_VERSION: string;
  ARCH_MAPPING: Partial<Record<string, string>>;
  PLATFORM_MAPPING: Partial<Record<string, string>>;
  PLATFORM_EXTENSION: string;
  ALL_SUPPORTED_COMBINATION: readonly string[];
}

interface PackageManifest {
  version: string;
  binary: Record<string, unknown>;
}

/** What is used of tar 6 and adm-zip, the archive readers that tfjs-node brings. */
interface Tar {
  x: (options: {
    file: string;
    cwd: string;
    strip?: number;
    strict: boolean;
    filter?: (name: string) => boolean;
  }) => Promise<void>;
}
type Zip = new (file: string) => { extractAllTo: (folder: string, overwrite: boolean) => void };

export interface OfficialAddresses {
  library: URL;
  addon: URL;
}

/** tfjs-node's own dependencies are resolved from where it lies. */
function tfjsNodeRequire(): NodeJS.Require {
  return createRequire(nodeRequire.resolve('@tensorflow/tfjs-node/package.json'));
}

const mirror = (name: string): string | undefined => process.env[name] || process.env[`npm_config_${name}`];

/** The archive that scripts/install.js downloads: a few builds are named one by one, the others follow a pattern. */
function libraryAddress(
  installer: string,
  constants: DepsConstants,
  platform: string,
  arch: string,
): string | null {
  const base =
    mirror('TFJS_NODE_CDN_STORAGE') ??
    process.env.CDN_STORAGE ??
    /CDN_STORAGE \|\| '([^']+)'/.exec(installer)?.[1];
  const pattern = /`\$\{BASE_HOST\}([^`]*libtensorflow-)`/.exec(installer)?.[1];
  if (base === undefined || pattern === undefined) return null;
  const namedBuilds = [...installer.matchAll(/return `\$\{BASE_HOST\}([^`]+)`/g)].map(
    (match) => match[1] ?? '',
  );
  const named = namedBuilds.find((file) => file.includes(`_${platform}_${arch}`));
  if (named !== undefined) return base + named;
  const system = `cpu-${constants.PLATFORM_MAPPING[platform]}-${constants.ARCH_MAPPING[arch]}`;
  if (!constants.ALL_SUPPORTED_COMBINATION.includes(system)) return null;
  const start = mirror('TFJS_NODE_BASE_URI') ?? base + pattern;
  const extension = platform === 'win32' ? 'zip' : constants.PLATFORM_EXTENSION;
  return `${start}${system}-${constants.LIBTENSORFLOW_VERSION}.${extension}`;
}

/** As scripts/get-addon-name.js names it and node-pre-gyp places it. */
function addonAddress(manifest: PackageManifest, constants: DepsConstants, platform: string): string {
  const { evaluate } = tfjsNodeRequire()('@mapbox/node-pre-gyp/lib/util/versioning') as {
    evaluate: (manifest: PackageManifest, options: object, nodeApi: number) => { hosted_tarball: string };
  };
  const name = `CPU-${constants.PLATFORM_MAPPING[platform]}-${manifest.version}.${platform === 'win32' ? 'zip' : constants.PLATFORM_EXTENSION}`;
  return evaluate({ ...manifest, binary: { ...manifest.binary, package_name: name } }, {}, NODE_API_VERSION)
    .hosted_tarball;
}

export async function officialAddresses(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Result<OfficialAddresses>> {
  const root = path.dirname(nodeRequire.resolve('@tensorflow/tfjs-node/package.json'));
  const installer = await fs.readFile(path.join(root, 'scripts', 'install.js'), 'utf8');
  const constants = nodeRequire('@tensorflow/tfjs-node/scripts/deps-constants.js') as DepsConstants;
  const manifest = nodeRequire('@tensorflow/tfjs-node/package.json') as PackageManifest;
  const library = libraryAddress(installer, constants, platform, arch);
  if (library === null)
    return fail('setup/no-official-files', `There are no official files for ${platform} on ${arch}.`);
  const addon = addonAddress(manifest, constants, platform);
  try {
    return ok({ library: new URL(library), addon: new URL(addon) });
  } catch {
    return fail(
      'setup/bad-mirror',
      `${library} or ${addon} is not an address. Check TFJS_NODE_CDN_STORAGE and TFJS_NODE_BASE_URI.`,
    );
  }
}

async function isZip(file: string): Promise<boolean> {
  const handle = await fs.open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}

/** `strip` drops leading folders; a file that is no archive is removed, so that it is not taken for good the next time. */
async function unpack(archive: string, into: string, strip: number): Promise<Result<void>> {
  await fs.mkdir(into, { recursive: true });
  try {
    if (await isZip(archive)) {
      const Archive = tfjsNodeRequire()('adm-zip') as Zip;
      new Archive(archive).extractAllTo(into, true);
    } else {
      await (tfjsNodeRequire()('tar') as Tar).x({ file: archive, cwd: into, strip, strict: true });
    }
    return ok(undefined);
  } catch (error) {
    // The disk's refusals are told apart from a bad archive by who asks.
    if (error instanceof Error && 'syscall' in error) throw error;
    await fs.rm(archive, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    return fail(
      'setup/bad-archive',
      `${path.basename(archive)} is not a complete archive (${reason}). Start again to download it anew.`,
    );
  }
}

/** Windows archives of some versions lack the folders; the library must lie beside the add-on in any case. */
async function placeWindowsLibrary(folder: string): Promise<void> {
  const deps = path.join(folder, 'deps');
  const inLib = path.join(deps, 'lib', 'tensorflow.dll');
  const found = await fs.stat(inLib).then(
    () => inLib,
    () => path.join(deps, 'tensorflow.dll'),
  );
  await fs.mkdir(path.dirname(bindingFile(folder)), { recursive: true });
  await fs.rename(found, libraryBesideBinding(folder));
}

async function fetchAndUnpack(
  address: URL,
  what: string,
  into: string,
  strip: number,
  context: WayContext,
): Promise<Result<void>> {
  const folder = path.join(context.downloads, 'official');
  await fs.mkdir(folder, { recursive: true });
  const message = `Downloading ${what}`;
  context.onProgress({ stage: 'download', message });
  const fetched = await download(address, path.join(folder, path.posix.basename(address.pathname)), {
    signal: context.signal,
    onProgress: (done, total) => context.onProgress({ stage: 'download', message, done, total }),
  });
  if (!fetched.ok) return fetched;
  context.onProgress({ stage: 'unpack', message: `Unpacking ${what}` });
  return unpack(fetched.value, into, strip);
}

/** The prebuilt add-on's name tells no processor apart, so it is tried, and built against the official library when it does not fit. */
async function addonThatLoads(address: URL, context: WayContext): Promise<Result<void>> {
  const addonFolder = path.dirname(bindingFile(context.folder));
  const fetched = await fetchAndUnpack(address, 'the add-on for Node', addonFolder, 1, context);
  if (!fetched.ok && context.signal?.aborted === true) return fetched;
  const probed = fetched.ok ? await probeNative(context.folder, context.signal) : fetched;
  if (probed.ok) return ok(undefined);
  if (process.platform === 'win32' || probed.problem.code === 'setup/cancelled') return probed;
  const compiled = await compileAddon(context, path.join(context.folder, 'deps', 'include'));
  return compiled.ok
    ? compiled
    : fail(probed.problem.code, `${probed.problem.message} ${compiled.problem.message}`);
}

export const takeOfficialFiles: FillFolder = async (context) => {
  const addresses = await officialAddresses();
  if (!addresses.ok) return addresses;
  const deps = path.join(context.folder, 'deps');
  const library = await fetchAndUnpack(addresses.value.library, 'TensorFlow', deps, 0, context);
  if (!library.ok) return library;
  if (process.platform === 'win32') await placeWindowsLibrary(context.folder);
  const addon = await addonThatLoads(addresses.value.addon, context);
  await fs.rm(path.join(deps, 'include'), { recursive: true, force: true });
  return addon;
};
