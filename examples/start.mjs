/**
 * What `start` of every example runs: bundles its server, and its page where it has one, then runs the server. The
 * packages of Wirepact are bundled from their sources, so none has to be built first; what an example depends on besides
 * is loaded as usual.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const options = { bundle: true, format: 'esm', conditions: ['@wirepact/source'], logLevel: 'warning' };
const find = (name) => [`${name}.ts`, `${name}.tsx`].filter((file) => existsSync(file));

await Promise.all([
  build({
    ...options,
    entryPoints: find('server'),
    outfile: 'dist/server.js',
    platform: 'node',
    // Optional native parts of `ws`, which does without them.
    external: [
      'bufferutil',
      'utf-8-validate',
      ...Object.keys(dependencies).filter((name) => !name.startsWith('@wirepact/')),
    ],
    // CommonJS dependencies ask for Node's own modules with `require`.
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
  }),
  build({
    ...options,
    entryPoints: find('page'),
    outdir: 'dist/page',
    splitting: true,
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  }),
]);
await import(pathToFileURL(resolve('dist/server.js')).href);
