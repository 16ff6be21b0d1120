/** Building contracts ahead of time, and comparing two of them. For tools: nothing of it belongs in a page. */
export { buildContract } from './emit/build';
export { toContractDocument } from './emit/contract-document';
