import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isObject } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import type { VersionProblem } from '../diff/check-version';

/** The nearest `package.json` at or above a folder. */
function findManifest(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : findManifest(dirname(folder));
}

/** What is in the manifest above a folder, and where it is; `undefined` where there is none that can be read. */
function readManifest(folder: string): { path: string; manifest: object } | undefined {
  const path = findManifest(folder);
  if (path === undefined) return undefined;
  try {
    return { path, manifest: Object(JSON.parse(readFileSync(path, 'utf8'))) };
  } catch {
    return undefined;
  }
}

/** The files that an entry of `exports` names, whatever the conditions. */
const filesOf = (entry: unknown): readonly string[] => {
  if (typeof entry === 'string') return [entry];
  return isObject(entry) ? Object.values(entry).flatMap(filesOf) : [];
};

/** The files that a package is imported from under its own name. */
function mainFiles(manifest: object): readonly string[] {
  const { exports, main } = { exports: undefined, main: undefined, ...manifest };
  if (exports === undefined) return filesOf(main);
  const entries: object = isObject(exports) ? exports : { '.': exports };
  return '.' in entries ? filesOf(entries['.']) : filesOf(entries);
}

/**
 * What is wrong with the version of the package that publishes the contract of a built document: it has to be that of
 * the contract. `undefined` where nothing is, and for a document that lies in no package which is imported from beside
 * it.
 */
export function checkPackageVersion(
  documentPath: string,
  { title, version }: ContractDocument,
): VersionProblem | undefined {
  const folder = dirname(resolve(documentPath));
  const found = readManifest(folder);
  if (!found) return undefined;
  const { path, manifest } = found;
  const isPublished = mainFiles(manifest).some((file) => dirname(resolve(dirname(path), file)) === folder);
  const packaged = 'version' in manifest ? manifest.version : undefined;
  if (!isPublished || packaged === version) return undefined;
  return {
    message: `${title}: the contract is ${version} and the package that publishes it is ${String(packaged)}; both need the same version.`,
    next: `npm version ${version} --no-git-tag-version`,
  };
}
