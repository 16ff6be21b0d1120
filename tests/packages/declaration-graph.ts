import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { folderOf, readManifest } from './installed-package';
import { PACKAGES } from './tarballs';

const OURS = new RegExp(`^@wirepact/(${PACKAGES.join('|')})(/.+)?$`);

/** Path of the declarations of one of our entries; `undefined` where the module is not ours. */
function resolveEntry(specifier: string): string | undefined {
  const [, last, path = ''] = OURS.exec(specifier) ?? [];
  const name = PACKAGES.find((one) => one === last);
  if (!name) return undefined;
  const entry = readManifest(name).exports[`.${path}`];
  if (entry === undefined) throw new Error(`${specifier} is no entry of @wirepact/${name}.`);
  return typeof entry === 'string' ? undefined : join(folderOf(name), entry.types);
}

const resolve = (from: string, specifier: string) =>
  specifier.startsWith('.')
    ? join(dirname(from), specifier.replace(/\.js$/, '.d.ts'))
    : resolveEntry(specifier);

/** The modules a file of declarations mentions: in imports, in exports and in `import('…')` types. */
function listSpecifiers(path: string): string[] {
  const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(readFileSync(path, 'utf8'));
  return [...importedFiles, ...typeReferenceDirectives].map(({ fileName }) => fileName);
}

/** Modules of others that the declarations of an entry need, whichever of our files they stand in. */
export function listForeignModules(entry: string): string[] {
  const foreign = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const specifier of listSpecifiers(path)) {
      const target = resolve(path, specifier);
      if (target) visit(target);
      else foreign.add(specifier);
    }
  };
  const first = resolveEntry(entry);
  if (!first) throw new Error(`${entry} has no declarations.`);
  visit(first);
  return [...foreign].toSorted();
}
