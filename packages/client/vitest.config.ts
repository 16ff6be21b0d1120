import { defineConfig } from 'vitest/config';
import base from '../../vitest.base.ts';
import { REACT_18 } from '../test-react-18/src/index.ts';

const { resolve, ssr, test } = base;
const { reporters, ...limits } = test ?? {};

/** Tests of the React bindings run on React 19, like all others; `vitest run` without a project runs them on React 18 besides. */
export default defineConfig({
  test: {
    reporters,
    projects: [
      { resolve, ssr, test: { ...limits, name: 'client', include: ['**/*.test.{ts,tsx}'] } },
      {
        resolve: { ...resolve, alias: REACT_18 },
        ssr,
        test: { ...limits, name: 'react-18', include: ['src/react/**/*.test.tsx'] },
      },
    ],
  },
});
