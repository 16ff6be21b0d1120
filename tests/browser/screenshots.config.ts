import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

/** Makes the pictures of the guide anew; whoever does looks at them. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['browser/*.shots.ts'], reporters: ['default'] },
});
