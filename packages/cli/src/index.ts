/**
 * Reading contracts, building them ahead of time, and comparing two of them. For tools: nothing of it belongs in a page.
 * @module
 */

export { readDocumentFile } from './cli/read-document-file';
export type { ContractDocument, ErrorDocument, EventDocument, SchemaReference } from './contract-document';
export { checkVersion, type VersionProblem } from './diff/check-version';
export type { ChangeKind, ChangeLevel, ContractChange, ContractDiff } from './diff/contract-change';
export { diffContracts } from './diff/diff';
export { formatDiff } from './diff/format-diff';
export { buildContract } from './emit/build';
export { toContractDocument } from './emit/contract-document';
export { readDocument } from './read-document';
