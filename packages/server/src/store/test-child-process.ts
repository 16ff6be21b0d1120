import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const PACKAGE = join(import.meta.dirname, '../..');

/** Dependencies that are found from inside the package, native code among them. */
const EXTERNAL = [
  'kysely',
  '@photostructure/sqlite',
  'pino',
  'proxy-addr',
  'socket.io',
  'socket.io-parser',
];

/** Bundles this package's sources for processes of their own; answers with the module to import. */
export async function bundlePackage(name: string): Promise<string> {
  const bundle = join(PACKAGE, 'test-results', `${name}.mjs`);
  await build({
    ...{ entryPoints: [join(PACKAGE, 'src/index.ts')], outfile: bundle, bundle: true },
    ...{ platform: 'node', format: 'esm', external: EXTERNAL, conditions: ['@wirepact/source'] },
  });
  return bundle;
}

/**
 * Runs a script in a process of its own, with this environment and `args` from `process.argv[1]` on; answers
 * with what it printed. Rejects where it fails.
 */
export async function runScript(
  script: string,
  args: readonly string[] = [],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<{ stdout: string; stderr: string }> {
  const command = ['--input-type=module', '-e', script, ...args];
  return promisify(execFile)(process.execPath, command, options);
}
