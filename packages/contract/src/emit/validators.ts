import type { ContractDocument } from '../contract-document';
import { emitChecks } from './validators/checks-module';
import { emitIssues } from './validators/issues-module';
import { runTimeOf } from './validators/module-functions';
import { ShapeReader } from './validators/shape-reader';
import { literal } from './validators/source-text';

/** Validators of a contract's types, as two ES modules that import nothing. */
export interface EmittedValidators {
  /** Text of a module that exports `(value) => boolean` for every type, by its name. */
  readonly checks: string;
  /** Text of a module that exports `(value) => Issue[]` for every type: what the check has against the value. */
  readonly issues: string;
}

/** What an emitted module exports, by the names of the contract. */
interface ModuleParts {
  readonly body: string;
  readonly names: ReadonlyMap<string, string>;
}

function toModule(
  { body, names }: ModuleParts,
  title: string,
  constants: ReadonlyMap<string, string>,
): string {
  const used = [...constants].filter(([, name]) => new RegExp(`\\b${name}\\b`).test(body));
  const exported = [...names].map(([name, local]) => `${local} as ${name}`);
  return [
    `// ${title} Emitted from the contract: do not edit.`,
    runTimeOf(body),
    ...used.map(([text, name]) => `const ${name}=${text};`),
    body,
    `export { ${exported.join(', ')} };\n`,
  ].join('\n');
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
  const reader = new ShapeReader(document);
  const types = new Map(Object.keys(document.$defs).map((name) => [name, reader.readType(name)]));
  const name = literal(`${document.title} ${document.version}`);
  return {
    checks: toModule(emitChecks(types), `Checks of ${name}.`, reader.constants),
    issues: toModule(emitIssues(types), `Issues of ${name}.`, reader.constants),
  };
}
