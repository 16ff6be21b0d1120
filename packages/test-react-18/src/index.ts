import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** Modules of React, as tests and the code under test import them. */
const MODULES = [
  'react/jsx-dev-runtime',
  'react/jsx-runtime',
  'react-dom/client',
  'react-dom/server',
  'react-dom',
  'react',
];

/** Puts React 18 in the place of the React that stands beside a package: for `resolve.alias` of its tests. */
export const REACT_18 = MODULES.map((name) => ({
  find: new RegExp(`^${name}$`),
  replacement: resolve(name),
}));
