import { WirepactError } from '@wirepact/contract/runtime';
import { type Shape, ShapeReader } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import { CheckNames } from './validators/check-names';
import { emitChecks } from './validators/checks-module';
import { Constants } from './validators/constants';
import { emitIssues } from './validators/issues-module';
import { functionsOf, LISTING, TESTING, uses } from './validators/module-functions';
import { isIdentifier, literal } from './validators/source-text';

/** Validators of a contract's types, as two ES modules that import nothing but one another. */
export interface EmittedValidators {
  /** Text of the module `checks.js`, which exports `(value) => boolean` for every type, by its name. */
  readonly checks: string;
  /**
   * Text of the module `issues.js`, which exports `listIssues(check, value): Issue[]`: what one of the checks has
   * against the value. It imports `./checks.js`.
   */
  readonly issues: string;
}

/** Declarations of a module, by the names it gives them. */
type Declarations = ReadonlyMap<string, string>;

/** The constants that `code` uses, without those that `given` has. */
const constantsOf = (code: string, constants: Constants, given?: ReadonlySet<string>): Declarations =>
  new Map([...constants.declarations()].filter(([name]) => !given?.has(name) && uses(code, name)));

const toModule = (title: string, ...parts: readonly string[]) =>
  [`// ${title} Emitted from the contract: do not edit.`, ...parts, ''].join('\n');

const renamed = (from: string, to: string) => (from === to ? from : `${from} as ${to}`);

const LIST_ISSUES = 'export const listIssues = (check, value) => listOf(listers.get(check), value, "");';

/** What `checks.js` exports something of its own as: as it is called, where no type is. */
const exportNameOf = (name: string, types: object): string =>
  Object.hasOwn(types, name) ? exportNameOf(`${name}_`, types) : name;

function readTypes(document: ContractDocument): ReadonlyMap<string, Shape> {
  const reader = new ShapeReader(document);
  return new Map(
    Object.keys(document.$defs).map((name) => {
      if (isIdentifier(name)) return [name, reader.readType(name)];
      const problem = `${document.title}: type ${JSON.stringify(name)} has a name that is not an identifier; rename it.`;
      throw new WirepactError('INVALID_CONTRACT', problem);
    }),
  );
}

/**
 * Emits validators of all types of a contract ahead of time: modules that need no schema, evaluate no code and
 * run under any Content-Security-Policy. The checks are for every value; the issues are larger and slower, to be
 * loaded once a check has failed. They are empty exactly where the check is true.
 *
 * @throws WirepactError `INVALID_CONTRACT` where a type has a keyword, format or reference that none can be
 * emitted for; the message names it and its place.
 */
export function emitValidators(document: ContractDocument): EmittedValidators {
  const names = new CheckNames(readTypes(document));
  const constants = new Constants();
  const title = literal(`${document.title} ${document.version}`);

  const checks = emitChecks(names, constants);
  const checkParts = new Map([...functionsOf(checks, TESTING), ...constantsOf(checks, constants)]);
  const own = new Set([...checkParts.keys(), ...names.functions.values()]);

  const table = emitIssues(names, constants);
  const listing = [...functionsOf(`${table}${LIST_ISSUES}`, LISTING).values(), table, LIST_ISSUES].join('\n');
  const issues = [
    ...functionsOf(listing, TESTING, own).values(),
    ...constantsOf(listing, constants, own).values(),
    listing,
  ].join('\n');
  const shared = [...own].filter((name) => uses(issues, name));

  const exported = [
    ...[...names.ofTypes()].map(([name, local]) => renamed(local, name)),
    ...shared.map((name) => renamed(name, exportNameOf(name, document.$defs))),
  ];
  const imported = shared.map((name) => renamed(exportNameOf(name, document.$defs), name));
  const exports = `export { ${exported.join(', ')} };`;
  const imports = `import { ${imported.join(', ')} } from './checks.js';`;
  return {
    checks: toModule(`Checks of ${title}.`, ...checkParts.values(), checks, exports),
    issues: toModule(`Issues of ${title}.`, imports, issues),
  };
}
