/** What the machine offers to tests. A test that lacks its tool is skipped by name with the reason; CI allows no skip. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const besideProject = path.resolve(import.meta.dirname, '../../shared');

/** The folder with real data and book notes beside the checkout, or null. */
export const sharedFolder: string | null = existsSync(path.join(besideProject, 'data'))
  ? besideProject
  : null;

/** Prints the reason and answers whether to skip: `describe.skipIf(lacks('real MNIST', sharedFolder !== null))`. */
export function lacks(what: string, present: boolean): boolean {
  if (!present) console.warn(`skipped: ${what} is not on this machine`);
  return !present;
}

const { AXONRY_PEER_PYTHON, AXONRY_CHROMIUM, AXONRY_NATIVE_READY, AXONRY_FULL } = process.env;

/** Interpreter of the environment with Keras, TensorFlow and scikit-learn, or null. Made by `npm test`. */
export const peerPython: string | null = AXONRY_PEER_PYTHON || null;

/** A Chromium or Chrome to drive, or null. */
export const chromium: string | null =
  AXONRY_CHROMIUM || (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : null);

/** False only where `npm test` found that the native engine cannot be made ready. */
export const nativeReady: boolean = AXONRY_NATIVE_READY !== '';

/** `npm test -- --full`: slow comparisons in full instead of a selection. */
export const full: boolean = AXONRY_FULL === '1';

const NOWHERE = 'http://127.0.0.1:9';
/** A computer that reaches no server, and does not wait long to find out. */
export const noNetwork = {
  HTTPS_PROXY: NOWHERE,
  https_proxy: NOWHERE,
  HTTP_PROXY: NOWHERE,
  http_proxy: NOWHERE,
  AXONRY_SETUP_SILENCE_MS: '2000',
  AXONRY_SETUP_CONNECT_MS: '1000',
};
