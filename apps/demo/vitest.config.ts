import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

/** Tests of components are beside them, and are JSX. */
export default defineConfig({ ...base, test: { ...base.test, include: ['**/*.test.{ts,tsx}'] } });
