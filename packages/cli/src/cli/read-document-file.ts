import { readFile } from 'node:fs/promises';
import { WirepactError } from '@wirepact/contract/runtime';
import type { ContractDocument } from '../contract-document';
import { readDocument } from '../read-document';

const refuse = (path: string, problem: string, cause: unknown) =>
  new WirepactError('INVALID_CONTRACT', `${path}: ${problem}`, { cause });

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refuse(path, `cannot be read (${reason}); give the path of a contract's JSON document.`, cause);
  }
}

/**
 * The contract document in the file at `path`.
 * @throws WirepactError `INVALID_CONTRACT` where the file cannot be read or holds something else.
 */
export async function readDocumentFile(path: string): Promise<ContractDocument> {
  const text = await readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(path, 'is not JSON; give the JSON document that was written from a contract.', cause);
  }
  return readDocument(value, path);
}
