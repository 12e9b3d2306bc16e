/** Bundles what runs under Node, one file per process: `--mode cli`, `engine`, `main` and `preload`. */
import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import settings from './package.json' with { type: 'json' };

const external = [
  ...Object.keys(settings.dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
  /^@tensorflow\//,
  'electron',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

const entries: Record<string, string> = {
  cli: 'electron/cli/cli.ts',
  engine: 'electron/engine/entry.ts',
  main: 'electron/main.ts',
  preload: 'electron/preload.ts',
};

export default defineConfig(({ mode }) => ({
  publicDir: false,
  resolve: { conditions: ['node'] },
  build: {
    outDir: 'out/main',
    emptyOutDir: false,
    target: 'node16',
    minify: false,
    sourcemap: true,
    lib: { entry: entries[mode], formats: ['cjs'], fileName: () => `${mode}.cjs` },
    rolldownOptions: {
      external,
      output: { codeSplitting: false },
      // A CommonJS file has __filename instead; sources ask for that first.
      transform: { define: { 'import.meta': '{}' } },
    },
  },
}));
