import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type ContractDocument, loadContract, readDocumentFile, toContractDocument } from '@wirepact/cli';

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * The contract at a path: its JSON document, the folder that it was built into, or the module that declares it.
 * @throws WirepactError `INVALID_CONTRACT` where there is none.
 */
export async function readContract(path: string, exportName: string | undefined): Promise<ContractDocument> {
  if (isFolder(path)) return readDocumentFile(join(path, 'schema.json'));
  if (path.endsWith('.json')) return readDocumentFile(path);
  const { contract } = await loadContract(path, exportName);
  return toContractDocument(contract);
}
