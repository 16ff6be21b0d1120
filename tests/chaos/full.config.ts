import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

/** The full run alone, with its progress lines as they come. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['chaos/*.full.ts'], reporters: ['default'], disableConsoleIntercept: true },
});
