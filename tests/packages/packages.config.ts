import { defineConfig } from 'vitest/config';
import { LIMITS } from '../../vitest.base.ts';

/** The packages as they are published. They have to be built before; `test:packages` at the root does so. */
export default defineConfig({
  test: {
    include: ['packages/*.packed.ts'],
    globalSetup: ['packages/packages.setup.ts'],
    reporters: ['default', ['json', { outputFile: 'test-results/packages.json' }]],
    isolate: false,
    ...LIMITS,
  },
});
