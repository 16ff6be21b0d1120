import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Application, ReferenceType, type Reflection, ReflectionKind, type TypeDocOptions } from 'typedoc';
import type { NavigationItem, PluginOptions } from 'typedoc-plugin-markdown';
import { API, PACKAGES, ROOT } from './pages';

const SOURCE = '@wirepact/source';

/** The modules of the published packages: what they are imported as, by their sources. */
function listModules(): ReadonlyMap<string, string> {
  const modules = PACKAGES.flatMap((name) => {
    const folder = join(ROOT, 'packages', name);
    const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return Object.entries<{ readonly [SOURCE]?: string }>(exports).flatMap(([path, { [SOURCE]: source }]) =>
      source ? [[join(folder, source), `@wirepact/${name}${path.slice(1)}`] as const] : [],
    );
  });
  return new Map(modules);
}

/** What TypeDoc calls a module: the path of its source, below what all have in common. */
const rawNameOf = (file: string) => relative(join(ROOT, 'packages'), file).replace(/(\/index)?\.ts$/, '');

/**
 * Leaves out what a reader does not need: where a member was inherited from, type arguments of constraints, which are the
 * defaults, and those of a constant that are whole declarations, inferred from its value.
 */
function simplify(reflection: Reflection): void {
  if (reflection.isDeclaration() || reflection.isSignature()) {
    reflection.inheritedFrom = undefined;
    reflection.overwrites = undefined;
  }
  const isConstraint = reflection.isTypeParameter() && reflection.parent?.isSignature();
  const isConstant = reflection.isDeclaration() && reflection.kindOf(ReflectionKind.Variable);
  if (!isConstraint && !isConstant) return;
  const { type } = reflection;
  if (!(type instanceof ReferenceType) || !type.package?.startsWith('@wirepact/')) return;
  if (isConstraint || type.typeArguments?.some((argument) => argument.type === 'reflection'))
    type.typeArguments = undefined;
}

const OUT = join(ROOT, API.folder);
const NAVIGATION = join(OUT, 'navigation.json');

const OPTIONS: Partial<TypeDocOptions & PluginOptions> = {
  name: 'API',
  tsconfig: join(ROOT, 'apps/docs/tsconfig.api.json'),
  // The types are checked where the packages are.
  skipErrorChecking: true,
  plugin: ['typedoc-plugin-markdown'],
  logLevel: 'Warn',
  out: OUT,
  readme: 'none',
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  entryFileName: 'index',
  excludeScopesInPaths: true,
  navigation: { includeGroups: true, includeCategories: false, includeFolders: false },
  groupOrder: [
    'Functions',
    'Classes',
    'Interfaces',
    'Type Aliases',
    'Variables',
    'Constructors',
    'Properties',
    '*',
  ],
  navigationJson: NAVIGATION,
  hidePageHeader: true,
  useCodeBlocks: true,
  useHTMLEncodedBrackets: true,
  expandObjects: true,
  parametersFormat: 'table',
  indexFormat: 'table',
  pageTitleTemplates: {
    index: '{projectName}',
    module: '{name}',
    member: ({ rawName }) => rawName.replace(/[<(].*/s, ''),
  },
  sanitizeComments: true,
};

/**
 * Writes the reference of every module, from its docstrings: a page each for what it exports.
 * @returns what a menu lists, module by module
 * @throws an Error where a docstring links to what is not there; which is printed
 */
export async function writeApi(): Promise<readonly NavigationItem[]> {
  const modules = listModules();
  const app = await Application.bootstrapWithPlugins({ ...OPTIONS, entryPoints: [...modules.keys()] });
  const project = await app.convert();
  if (!project) throw new Error('The sources of the packages could not be read.');
  const names = new Map([...modules].map(([file, name]) => [rawNameOf(file), name]));
  for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name;
  for (const reflection of Object.values(project.reflections)) simplify(reflection);
  app.validate(project);
  rmSync(OUT, { recursive: true, force: true });
  await app.outputs.writeOutputs(project);
  if (app.logger.hasWarnings() || app.logger.hasErrors())
    throw new Error('Docstrings have to be mended, see above.');
  return JSON.parse(readFileSync(NAVIGATION, 'utf8'));
}
