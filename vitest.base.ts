import { defineConfig } from 'vitest/config';

/** How long tests wait for what they wait for: nobody waits that long, but a machine with much else to do may have to. */
export const LIMITS = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } };

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
    // Files share a process: loading the packages anew for each takes longer than their tests.
    isolate: false,
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    // No test leaves a file behind that another one finds.
    env: { WIREPACT_DATABASE: ':memory:' },
    ...LIMITS,
  },
});
