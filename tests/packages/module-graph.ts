import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { folderOf, readManifest } from './installed-package';
import { PACKAGES } from './tarballs';

/** Which files of a package are followed: its declarations or its modules, named as a manifest's conditions are. */
export type Condition = 'types' | 'default';

const OURS = new RegExp(`^@wirepact/(${PACKAGES.join('|')})(/.+)?$`);

/** Path of one of our entries; `undefined` where the module is not ours. */
function resolveEntry(specifier: string, condition: Condition): string | undefined {
  const [, last, path = ''] = OURS.exec(specifier) ?? [];
  const name = PACKAGES.find((one) => one === last);
  if (!name) return undefined;
  const entry = readManifest(name).exports[`.${path}`];
  if (typeof entry !== 'object')
    throw new Error(`@wirepact/${name} has no entry ${specifier} in JavaScript.`);
  return join(folderOf(name), entry[condition]);
}

function resolve(from: string, specifier: string, condition: Condition): string | undefined {
  if (!specifier.startsWith('.')) return resolveEntry(specifier, condition);
  const path = join(dirname(from), specifier);
  return condition === 'types' ? path.replace(/\.js$/, '.d.ts') : path;
}

/** What a node imports: `import`, `export … from`, `import(…)`, and `import('…')` in a type. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? node.arguments[0] : undefined;
}

/** The modules a file imports, at once or later, for values or for types. */
function listSpecifiers(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
  const found = file.typeReferenceDirectives.map(({ fileName }) => fileName);
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteral(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Modules of others that an entry needs, whichever of our files they are imported by. */
export function listForeignModules(entry: string, condition: Condition): string[] {
  const foreign = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const specifier of listSpecifiers(path)) {
      const target = resolve(path, specifier, condition);
      if (target) visit(target);
      else foreign.add(specifier);
    }
  };
  const first = resolveEntry(entry, condition);
  if (!first) throw new Error(`${entry} is not ours.`);
  visit(first);
  return [...foreign].toSorted();
}
