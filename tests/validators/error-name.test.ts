import { inspect } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const RUNTIME = new URL('../../packages/contract/src/error.ts', import.meta.url).pathname;

test.each([
  ['as it is', { minify: false }],
  ['and minified', { minify: true }],
])('[H10] an error is printed under its own name where it was bundled %s', async (_how, { minify }) => {
  const { outputFiles } = await build({
    ...{ entryPoints: [RUNTIME], bundle: true, format: 'esm', target: 'es2022', write: false, minify },
  });
  const url = `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`;
  const { WirepactError } = await import(/* @vite-ignore */ url);
  const error = new WirepactError('FORBIDDEN', 'Not yours.');
  expect(inspect(error)).toMatch(/^WirepactError: Not yours\./);
  expect(error.stack).toMatch(/^WirepactError: /);
});
