import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command';
import { PACKAGES, type PackageName, PNPM, tarballOf } from './tarballs';

const toYaml = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Makes a project in `folder` that depends on our packages `ours`, from their tarballs, and on packages of the registry,
 * and installs them.
 */
export async function createProject(
  folder: string,
  tarballs: string,
  ours: readonly PackageName[],
  others: Readonly<Record<string, string>>,
): Promise<void> {
  const fromTarballs = (names: readonly PackageName[]) =>
    Object.fromEntries(names.map((name) => [`@wirepact/${name}`, `file:${tarballOf(tarballs, name)}`]));
  await mkdir(folder, { recursive: true });
  const manifest = { name: 'consumer', private: true, type: 'module' };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ ...manifest, dependencies: { ...fromTarballs(ours), ...others } }),
  );
  // The tarballs depend on each other by version, and no registry has it yet.
  const settings = {
    overrides: fromTarballs(PACKAGES),
    allowBuilds: { '@photostructure/sqlite': false },
    minimumReleaseAge: 0,
  };
  await writeFile(join(folder, 'pnpm-workspace.yaml'), toYaml(settings));
  const [command, ...args] = PNPM;
  await runCommand(command, [...args, 'install', '--prefer-offline', '--no-frozen-lockfile'], folder);
}
