import { PIPELINE_ERRORS } from '@wirepact/contract/tools';
import type { ContractDocument } from '../../contract-document';

/**
 * The codes of a contract that are its own. What every server answers with tells nothing besides, and says itself whether to
 * retry: so the module of the contract carries none of it.
 */
export const ownErrorsOf = ({ errors }: ContractDocument): ContractDocument['errors'] =>
  Object.fromEntries(
    Object.entries(errors).filter(([code, { data }]) => data || !Object.hasOwn(PIPELINE_ERRORS, code)),
  );
