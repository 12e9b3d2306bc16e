import js from '@eslint/js';
import n from 'eslint-plugin-n';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Imports point one way: renderer → shared ← electron; shells → host → (messages) → engine.
const room = (name, message) => ({ group: [`**/${name}/**`], message });
const tensorflow = { group: ['@tensorflow/*'], message: 'TensorFlow lives in the engine.' };
const engine = room('engine', 'The engine is reached by messages.');
const shells = ['web', 'cli', 'shell'].map((name) => room(name, 'Only the entry knows the shells.'));
const engineRooms = ['data', 'export'].map((name) =>
  room(name, 'Only engine roles read data and write exports.'),
);
const window = room('renderer', 'electron/ and shared/ know no window.');
const noElectron = { name: 'electron', message: 'Only the desktop shell knows Electron.' };
const may = (files, patterns, paths = [noElectron]) => ({
  files: [files],
  rules: { 'no-restricted-imports': ['error', { patterns, paths }] },
});
const rooms = [
  may('shared/**', [
    room('electron', 'shared/ knows no Node.'),
    window,
    { group: ['node:*', 'fs', 'path', 'os', 'child_process'], message: 'shared/ knows no Node.' },
    tensorflow,
    { group: ['react', 'react-dom', 'reactflow'], message: 'shared/ knows no window.' },
  ]),
  may('renderer/**', [room('electron', 'The window asks the host through HostApi.'), tensorflow]),
  may('electron/host/**', [window, tensorflow, engine, ...shells, ...engineRooms]),
  may('electron/{web,cli}/**', [window, tensorflow, engine, ...engineRooms]),
  may('electron/data/**', [window, tensorflow, engine, room('host', 'data/ serves the engine.'), ...shells]),
  may('electron/{engine,export,setup}/**', [
    window,
    room('host', 'The engine knows plans and tensors only.'),
    ...shells,
  ]),
  may('electron/{main.ts,preload.ts,shell/**}', [window, tensorflow, engine, ...engineRooms], []),
  may('scripts/**', []),
];

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', 'release/'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  ...rooms,
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
          'document',
          'process',
          'setTimeout',
          'setInterval',
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
