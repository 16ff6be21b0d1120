import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Proves the judges: servers that are broken on purpose, each of which has to be caught. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ['**/*.defects.ts'],
    reporters: ['default', ['json', { outputFile: 'test-results/defects.json' }]],
  },
});
