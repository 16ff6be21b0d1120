import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import manifest from '../../../package.json' with { type: 'json' };

const PACKAGE = join(import.meta.dirname, '../../..');

/** Dependencies from elsewhere, native code among them, are found from inside the package. */
const EXTERNAL = Object.keys(manifest.dependencies).filter((name) => !name.startsWith('@wirepact/'));

/** Bundles this package's sources for processes of their own; answers with the module to import. */
export async function bundlePackage(name: string): Promise<string> {
  const bundle = join(PACKAGE, 'test-results', `${name}.mjs`);
  await build({
    entryPoints: [join(PACKAGE, 'src/index.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: EXTERNAL,
    conditions: ['@wirepact/source'],
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
  // Some versions of Node warn of their own SQLite.
  const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module'];
  const command = [...flags, '-e', script, ...args];
  return promisify(execFile)(process.execPath, command, options);
}
