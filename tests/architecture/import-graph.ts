import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One import of one source file. */
export interface Import {
  /** Path of the importing file from the repository's root. */
  readonly from: string;
  /** What stands in the import: `./bounds`, `socket.io`. */
  readonly specifier: string;
  /** Path of the imported file from the root, where it is one of ours. */
  readonly to: string | undefined;
  /** True where nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
}

const isSource = (path: string) =>
  /\.tsx?$/.test(path) &&
  !/\.(test|test-d|suite)\.tsx?$|\/test-[^/]*\.ts$|\/(generated|testing)\//.test(path);

/** Source files below a folder; tests and what is generated left out. */
export function listSources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter(isSource)
    .sort();
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    const { exportClause } = node;
    const areTypes =
      exportClause && ts.isNamedExports(exportClause) && exportClause.elements.every((e) => e.isTypeOnly);
    return node.isTypeOnly || areTypes === true;
  }
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    !clause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every((e) => e.isTypeOnly)
  );
}

function resolve(from: string, specifier: string, files: ReadonlySet<string>): string | undefined {
  const ours = /^@wirepact\/(\w+)(?:\/(.+))?$/.exec(specifier);
  if (ours) return `packages/${ours[1]}/src/${ours[2] ?? 'index'}.ts`;
  if (!specifier.startsWith('.')) return undefined;
  const base = join(dirname(from), specifier);
  return [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((path) => files.has(path));
}

/** Every static import and re-export of the files. */
export function readImports(paths: readonly string[]): Import[] {
  const files = new Set(paths);
  return paths.flatMap((from) => {
    const source = ts.createSourceFile(from, readFileSync(join(ROOT, from), 'utf8'), ts.ScriptTarget.ES2022);
    return source.statements.flatMap((node) => {
      if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return [];
      if (!node.moduleSpecifier || !ts.isStringLiteral(node.moduleSpecifier)) return [];
      const specifier = node.moduleSpecifier.text;
      return [{ from, specifier, to: resolve(from, specifier, files), isTypeOnly: isTypeOnly(node) }];
    });
  });
}

/** The first cycle among the imports, as the files it passes; `undefined` where there is none. */
export function findCycle(imports: readonly Pick<Import, 'from' | 'to'>[]): string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) if (to) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();

  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    done.add(file);
    for (const target of targets.get(file) ?? []) {
      const cycle = visit(target, [...path, file]);
      if (cycle) return cycle;
    }
    return undefined;
  };

  for (const file of targets.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/**
 * The part of a package's source a file belongs to: a folder of `src`, or of one of its halves `src/runtime` and
 * `src/chat`; or the file itself where it lies in none.
 */
export function layerOf(path: string): string {
  const inside = relative('packages', path).split('/').slice(2);
  const depth = inside[0] === 'runtime' || inside[0] === 'chat' ? 2 : 1;
  return inside
    .slice(0, depth)
    .join('/')
    .replace(/\.tsx?$/, '');
}
