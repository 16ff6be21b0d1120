import { defineConfig } from 'vitest/config';

/** Tests of a package run on the sources of the packages it depends on, so no build can be stale. */
export default defineConfig({
  resolve: { conditions: ['@wirepact/source', 'module', 'node', 'development|production'] },
  ssr: {
    resolve: {
      conditions: ['@wirepact/source', 'module', 'node', 'development|production'],
      externalConditions: ['node'],
    },
  },
  test: {
    include: ['**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    // No test leaves a file behind that another one finds.
    env: { WIREPACT_DATABASE: ':memory:' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
