import { defineConfig, type Options } from 'tsup';

/** One build for every package: ES modules, declarations and source maps, from the named entries. */
export const packageBuild = (entry: Record<string, string>, overrides: Options = {}) =>
  defineConfig({
    entry,
    format: ['esm'],
    target: 'es2022',
    sourcemap: true,
    clean: true,
    treeshake: true,
    // tsup passes `baseUrl` to the declaration build, which TypeScript 6 reports as deprecated.
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    ...overrides,
  });
