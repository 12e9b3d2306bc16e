// `npm test`: gets what the tests need, runs them, names what was skipped and why, and counts. `--full` runs the slow
// peer tests in full. Everything after `--` goes to the test runner.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildIfOlder } from './build.mjs';
import { peerPython } from './peers.mjs';

const root = path.resolve(import.meta.dirname, '..');
const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';
const wantsFull = process.argv.includes('--full');
const separator = process.argv.indexOf('--');
const forRunner =
  separator < 0 ? process.argv.slice(2).filter((arg) => arg !== '--full') : process.argv.slice(separator + 1);

const chromiumNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
function findChromium() {
  if (process.env.AXONRY_CHROMIUM) return process.env.AXONRY_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [
    ...chromiumNames.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return candidates.find((candidate) => existsSync(candidate));
}

buildIfOlder();

const missing = [];
const doctor = spawnSync(process.execPath, [path.join(root, 'out/main/cli.cjs'), 'doctor'], {
  stdio: ['ignore', 2, 2],
});
if (doctor.status !== 0)
  missing.push('the native engine could not be made ready (see above): tests that train are skipped');
const python = peerPython();
if (python.reason) missing.push(`${python.reason}: comparisons with Keras and scikit-learn are skipped`);
const chromium = findChromium();
if (!chromium) missing.push('no Chromium or Chrome was found: tests of the window are skipped');

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-test-'));
const results = path.join(folder, 'results.json');
const run = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...forRunner,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      AXONRY_NATIVE_READY: doctor.status === 0 ? '1' : '',
      AXONRY_PEER_PYTHON: python.interpreter ?? '',
      AXONRY_CHROMIUM: chromium ?? '',
      AXONRY_FULL: wantsFull ? '1' : '',
    },
  },
);

if (!existsSync(results)) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const summary = JSON.parse(readFileSync(results, 'utf8'));
rmSync(folder, { recursive: true, force: true });
const skipped = summary.testResults.flatMap((file) =>
  file.assertionResults
    .filter((test) => test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
    .map((test) => `${path.relative(root, file.name)}: ${test.fullName}`),
);
const brokenFiles = summary.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
);
const failed = summary.numFailedTests + brokenFiles.length;

for (const reason of missing) console.log(`missing: ${reason}`);
for (const name of skipped) console.log(`skipped: ${name}`);
if (inCi && (skipped.length > 0 || missing.length > 0)) console.log('CI allows no skipped test.');
console.log(
  `${summary.numPassedTests} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);
const clean = run.status === 0 && failed === 0 && summary.numPassedTests > 0;
process.exit(clean && !(inCi && (skipped.length > 0 || missing.length > 0)) ? 0 : 1);
