import type { ContractDocument } from '../../contract-document';
import type { ChangeKind, ChangeLevel } from '../contract-change';

/** One change outside of schemas. */
export interface DocumentRow {
  readonly kind: ChangeKind;
  readonly level: ChangeLevel;
  readonly path: string;
  readonly before: ContractDocument;
  readonly after: ContractDocument;
  readonly message: string;
  /**
   * Where the level is about what an old client and a new server send each other: true if that is refused. A row
   * without it is about names and words, which nothing checks.
   */
  readonly refused?: (before: ContractDocument, after: ContractDocument) => boolean;
}
