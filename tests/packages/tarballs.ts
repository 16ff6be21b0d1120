import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command';

/** The packages that are published, by the last part of their names. */
export const PACKAGES = ['contract', 'cli', 'protocol', 'server', 'client', 'conformance'] as const;

/** One of {@link PACKAGES}. */
export type PackageName = (typeof PACKAGES)[number];

/** Root of the workspace. */
export const WORKSPACE = fileURLToPath(new URL('../../', import.meta.url));

/** The package manager, as the README starts it. */
export const PNPM = ['npx', '-y', 'pnpm@12'] as const;

/** Path of a package's tarball. */
export const tarballOf = (tarballs: string, name: PackageName): string =>
  join(tarballs, `wirepact-${name}.tgz`);

/** Packs what `dist` has of every package into tarballs in `folder`. */
export async function packPackages(folder: string): Promise<void> {
  const [command, ...args] = PNPM;
  for (const name of PACKAGES) {
    const directory = join(WORKSPACE, 'packages', name);
    await runCommand(command, [...args, 'pack', '--out', tarballOf(folder, name)], directory);
  }
}
