import { WirepactError } from '@wirepact/contract/runtime';
import type { ContractDocument } from '../contract-document';
import { emitDeclarations, RESERVED_TYPES } from './contract-module/declarations';
import { toHeader, toTypeOfContract } from './contract-module/header';
import { emitJavaScript } from './contract-module/javascript';

/** The module of a built contract and its declarations, both as text. */
export interface EmittedContract {
  readonly javascript: string;
  readonly declarations: string;
}

const refuse = ({ title }: ContractDocument, problem: string) =>
  new WirepactError('INVALID_CONTRACT', `${title}: ${problem}`);

function checkNames(document: ContractDocument, exportName: string): void {
  if (exportName === 'errors')
    throw refuse(
      document,
      'every built contract exports `errors` of its own; export the contract under another name.',
    );
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(exportName))
    throw refuse(document, `${JSON.stringify(exportName)} cannot be the name of an export.`);
  const reserved = [...RESERVED_TYPES, toTypeOfContract(exportName)];
  const taken = reserved.find((name) => Object.hasOwn(document.$defs, name));
  if (taken)
    throw refuse(
      document,
      `every built contract exports a type ${taken} of its own; give the schema of this name another \`title\`.`,
    );
}

/**
 * The module of a contract as it is published: `exportName` is the contract, and a type of that name with a capital
 * letter its type. It stands beside what the other emitters make: `checks.js`, `issues.js`, `errors.js`, and the
 * declarations `types.d.ts` and `events.d.ts`.
 *
 * @throws WirepactError `INVALID_CONTRACT` where `exportName` is no name, or a schema has one that is taken.
 */
export function emitContract(document: ContractDocument, exportName: string): EmittedContract {
  checkNames(document, exportName);
  return {
    javascript: emitJavaScript(document, exportName),
    declarations: emitDeclarations(document, exportName),
  };
}

/** What `errors.js` says of a code: all but the schema of its data, which the contract has. */
const toTexts = ({ data: _, ...texts }: ContractDocument['errors'][string]) => texts;

/** The module of a contract's error codes, apart from the contract, so that a page that needs none carries none. */
export function emitErrors(document: ContractDocument): string {
  const errors = Object.entries(document.errors).map(([code, error]) => [code, toTexts(error)]);
  return `${toHeader(document)}export const errors = ${JSON.stringify(Object.fromEntries(errors), null, 2)};\n`;
}
