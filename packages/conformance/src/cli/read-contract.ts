import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type ContractDocument, readDocumentFile } from '@wirepact/cli';

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * The contract at a path: its JSON document, or the folder that it was built into.
 * @throws WirepactError `INVALID_CONTRACT` where there is none.
 */
export const readContract = (path: string): Promise<ContractDocument> =>
  readDocumentFile(isFolder(path) ? join(path, 'schema.json') : path);
