import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inject } from 'vitest';
import type { PackageName } from './tarballs';

/** What a published manifest says of one entry: a file, or one for each condition. */
export type Entry = string | { readonly types: string; readonly default: string };

/** The parts of a published manifest that the tests read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly sideEffects: boolean;
  readonly engines: { readonly node: string };
  readonly exports: Readonly<Record<string, Entry>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Folder of a package as the consumer has installed it, links followed. */
export const folderOf = (name: PackageName): string =>
  realpathSync(join(inject('consumer'), 'node_modules/@wirepact', name));

/** Every file of an installed package, which is every file of its tarball. */
export function listFiles(name: PackageName): string[] {
  const folder = folderOf(name);
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      // What the package manager has put beside them.
      .filter((path) => !path.startsWith('node_modules/'))
      .toSorted()
  );
}

/** The text of a file of an installed package. */
export const readText = (name: PackageName, path: string): string =>
  readFileSync(join(folderOf(name), path), 'utf8');

/** The manifest of an installed package. */
export const readManifest = (name: PackageName): Manifest => JSON.parse(readText(name, 'package.json'));

/** What others import a package's entries by, `@wirepact/contract/runtime`, with what the manifest says of each. */
export const listEntries = (name: PackageName): [string, Entry][] =>
  Object.entries(readManifest(name).exports).map(([path, entry]) => [
    `@wirepact/${name}${path.slice(1)}`,
    entry,
  ]);
