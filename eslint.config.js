import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import n from 'eslint-plugin-n';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Imports point one way: renderer → shared ← electron; shells → host → (messages) → engine.
const zone = (target, from, message, except = []) => ({ target, from, message, except });
const engineRooms = ['data', 'export'].map((room) => `./electron/${room}`);
const zones = [
  zone('./shared', './electron', 'shared/ knows no Node.'),
  zone('./shared', './renderer', 'shared/ knows no window.'),
  zone('./renderer', './electron', 'The window asks the host through HostApi.'),
  zone('./electron', './renderer', 'electron/ knows no window.'),
  zone('./electron/host', './electron/engine', 'The host talks to the engine by messages.'),
  zone('./electron/host', './electron/web', 'The host knows no shell.'),
  zone('./electron/host', './electron/cli', 'The host knows no shell.'),
  ...engineRooms.map((room) =>
    zone('./electron/host', room, 'Only engine roles read data and write exports.'),
  ),
  ...['web', 'cli'].flatMap((shell) => [
    zone(`./electron/${shell}`, './electron/engine', 'Shells talk to the host.'),
    ...engineRooms.map((room) => zone(`./electron/${shell}`, room, 'Shells talk to the host.')),
  ]),
  zone('./electron/host', './electron/shell', 'The host knows no shell.'),
  zone('./electron/shell', './electron/engine', 'Shells talk to the host.'),
  ...engineRooms.map((room) => zone('./electron/shell', room, 'Shells talk to the host.')),
  ...['host', 'web', 'cli', 'shell'].map((room) =>
    zone('./electron/engine', `./electron/${room}`, 'The engine knows plans and tensors only.'),
  ),
  ...['host', 'web', 'cli', 'engine'].map((room) =>
    zone('./electron/data', `./electron/${room}`, 'data/ serves the engine and knows nothing of it.'),
  ),
];
const desktopFiles = ['electron/main.ts', 'electron/preload.ts', 'electron/shell/**'];
const noElectron = { group: ['electron', 'electron/*'], message: 'Only the desktop shell knows Electron.' };
const noTensorflow = { group: ['@tensorflow/*'], message: 'TensorFlow lives in the engine.' };
const noNode = {
  patterns: [
    noElectron,
    { group: ['node:*', 'fs', 'path', 'os', 'child_process'], message: 'shared/ knows no Node.' },
    noTensorflow,
    { group: ['react', 'react-dom', 'reactflow'], message: 'shared/ knows no window.' },
  ],
};

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', 'release/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.mjs'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['electron/**', 'renderer/**', 'scripts/**'],
    ignores: desktopFiles,
    rules: { 'no-restricted-imports': ['error', { patterns: [noElectron] }] },
  },
  { files: ['shared/**'], rules: { 'no-restricted-imports': ['error', noNode] } },
  {
    files: ['electron/{host,web,cli,data}/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [noElectron, noTensorflow] }] },
  },
  { files: desktopFiles, rules: { 'no-restricted-imports': ['error', { patterns: [noTensorflow] }] } },
  {
    // The oldest runtime that the shell is tested with carries Node 16.17.
    files: ['electron/{host,engine,data,setup,export,shell}/**', 'electron/main.ts'],
    plugins: { n },
    rules: { 'n/no-unsupported-features/node-builtins': ['error', { version: '>=16.17.0', ignores: [] }] },
  },
  {
    // Reached in Electron 25 and later only, whose Node has it.
    files: ['electron/shell/scheme.ts'],
    rules: {
      'n/no-unsupported-features/node-builtins': ['error', { version: '>=16.17.0', ignores: ['Response'] }],
    },
  },
  { files: ['renderer/**'], ...reactHooks.configs.flat.recommended },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: Object.fromEntries(
        [
          'console',
          'process',
          'setTimeout',
          'require',
          'module',
          'fetch',
          'URL',
          'Buffer',
          'SharedArrayBuffer',
          'Atomics',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
