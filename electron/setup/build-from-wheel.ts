/** Builds the native folder on this computer: TensorFlow's library out of its Python package, the add-on by the compiler. */
import { fail, ok } from '../../shared/result';
import { compileAddon, noCompiler } from './compile-addon';
import { findCompiler, findPip, findPython } from './machine-tools';
import { addNvidiaLibraries } from './nvidia-libraries';
import { fetchWheel } from './pip-wheel';
import { headersFolder, unpackWheel } from './unpack-wheel';
import { TENSORFLOW_VERSION, wheelPackage } from './versions';
import type { FillFolder } from './way';

export const buildFromWheel: FillFolder = async (context) => {
  if (process.platform === 'win32') {
    return fail(
      'setup/no-build',
      'TensorFlow for Windows cannot be built here; only the official files can be used.',
    );
  }
  if (context.build === 'gpu' && !(process.platform === 'linux' && process.arch === 'x64')) {
    return fail(
      'setup/no-graphics-card-build',
      'TensorFlow computes on graphics cards only on Linux with an x64 processor.',
    );
  }
  const python = await findPython();
  if (python === null)
    return fail(
      'setup/no-python',
      'Python 3 was not found. Install python3 with pip, or name it with AXONRY_PYTHON.',
    );
  if ((await findPip(python)) === null) {
    return fail(
      'setup/no-pip',
      `Python ${python.version} has no pip. Install it (on Debian and Ubuntu: apt install python3-pip).`,
    );
  }
  // Before hundreds of megabytes are fetched in vain.
  if ((await findCompiler()) === null) return noCompiler();
  const requirement = `${wheelPackage(process.platform, process.arch, context.build)}==${TENSORFLOW_VERSION}`;
  const title = `TensorFlow ${TENSORFLOW_VERSION}`;
  const wheel = await fetchWheel(python, { requirement, title }, context);
  if (!wheel.ok) return wheel;
  const unpacked = await unpackWheel(python, wheel.value, title, context);
  if (!unpacked.ok) return unpacked;
  const withCard = context.build === 'gpu' ? await addNvidiaLibraries(python, wheel.value, context) : ok(undefined); // prettier-ignore
  return withCard.ok ? compileAddon(context, headersFolder(context)) : withCard;
};
