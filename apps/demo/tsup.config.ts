import { defineConfig } from 'tsup';

/**
 * Bundles the server into one file, from the sources of the packages: none of them has to be built first,
 * and what they depend on is theirs to name.
 */
export default defineConfig({
  entry: { server: 'server.ts' },
  format: ['esm'],
  target: 'node20',
  sourcemap: true,
  // Optional native parts of `ws`, which does without them, and SQLite, whose native part lies beside its code.
  external: ['bufferutil', 'utf-8-validate', '@photostructure/sqlite'],
  noExternal: [/^(?!@photostructure\/sqlite|bufferutil|utf-8-validate)/],
  // CommonJS dependencies ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  esbuildOptions(options) {
    options.conditions = ['@wirepact/source'];
  },
});
