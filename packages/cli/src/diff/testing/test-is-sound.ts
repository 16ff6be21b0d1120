import { WirepactError } from '@wirepact/contract';
import { readDocument } from '../../read-document';
import type { PlacedSchema } from '../proof/can-receive';
import { documentWith } from './test-documents';

/** True for a schema that a contract may have; chance also makes some that are composed of themselves. */
export function isSound(placed: PlacedSchema): boolean {
  try {
    readDocument(documentWith('client', placed), 'the document');
    return true;
  } catch (error) {
    if (error instanceof WirepactError && /leads back to/.test(error.message)) return false;
    throw error;
  }
}
