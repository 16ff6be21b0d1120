import type { Contract } from '@wirepact/contract/runtime';
import { emitAsyncApi } from './async-api';
import { toContractDocument } from './contract-document';
import { emitContract, emitErrors } from './contract-module';
import { emitEvents } from './events';
import { emitMarkdown } from './markdown';
import { emitTypes } from './typescript';
import { emitValidators } from './validators';

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Everything a contract is published with, as texts by file name: the contract as ES module (`index.js`), with its
 * checks, issues and errors in modules of their own, its types without TypeBox (`index.d.ts`), and `schema.json` (JSON
 * Schema 2020-12), `asyncapi.json` (AsyncAPI 3.0) and `reference.md` for people and tools. `exportName` is what
 * `index.js` exports the contract as.
 *
 * @throws WirepactError `INVALID_CONTRACT` where something of the contract cannot be emitted, by its name.
 */
export function buildContract(contract: Contract, exportName: string): ReadonlyMap<string, string> {
  const document = toContractDocument(contract);
  // First, as it reads every schema: what the others are given is right.
  const { checks, issues } = emitValidators(document);
  const { javascript, declarations } = emitContract(document, exportName);
  return new Map([
    ['index.js', javascript],
    ['index.d.ts', declarations],
    ['types.d.ts', emitTypes(document)],
    ['events.d.ts', emitEvents(document, './types.js')],
    ['checks.js', checks],
    ['issues.js', issues],
    ['errors.js', emitErrors(document)],
    ['schema.json', toJson(document)],
    ['asyncapi.json', toJson(emitAsyncApi(document))],
    ['reference.md', emitMarkdown(document)],
  ]);
}
