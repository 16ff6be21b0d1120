import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin, type StdinOptions } from 'esbuild';

const FOLDER = import.meta.dirname;
const SERVER_FOLDER = join(FOLDER, '../../packages/server');
const BUNDLE = join(FOLDER, '../test-results/chaos/server.mjs');

/** Native code cannot be bundled: it is loaded from where the server has it. */
const nativeSqlite: Plugin = {
  name: 'native-sqlite',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^@photostructure\/sqlite$/ }, async ({ path, kind, pluginData }) => {
      if (pluginData === 'found') return undefined;
      const found = await resolve(path, { kind, resolveDir: SERVER_FOLDER, pluginData: 'found' });
      return { path: found.path, external: true };
    });
  },
};

/** Bundles a program, a file or code, and the sources it imports for a process of its own; answers with the file to run. */
export async function bundleServer(
  entry: string | StdinOptions = join(FOLDER, 'server-entry.ts'),
  file = BUNDLE,
): Promise<string> {
  const { outputFiles } = await build({
    ...(typeof entry === 'string' ? { entryPoints: [entry] } : { stdin: entry }),
    ...{ bundle: true, write: false, platform: 'node', format: 'esm', target: 'node20' },
    conditions: ['@wirepact/source'],
    external: ['bufferutil', 'utf-8-validate', 'pg-native', 'cloudflare:sockets'],
    plugins: [nativeSqlite],
    // What is bundled of CommonJS asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  await mkdir(dirname(file), { recursive: true });
  // In one step: another test file may be starting a server from it.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, outputFiles[0]?.contents ?? '');
  await rename(draft, file);
  return file;
}
