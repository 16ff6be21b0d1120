import type { ContractDocument } from '@wirepact/cli';
import { WirepactError } from '@wirepact/contract/runtime';
import type { Check, ProfileName } from '../check/check';
import { contractChecks } from './contract/contract-checks';
import { documentChecks } from './document/document-checks';
import { elizaosChecks } from './elizaos/elizaos-checks';
import { wirepactChecks } from './wirepact/wirepact-checks';

/** What the checks of a profile are made from. */
export interface ProfileOptions {
  readonly contract?: ContractDocument | undefined;
  readonly seed?: number | undefined;
}

function ofContract({ contract, seed }: ProfileOptions): readonly Check[] {
  if (contract) return contractChecks(contract, seed);
  throw new WirepactError(
    'INVALID_OPTIONS',
    'The profile "contract" needs a contract to check the server against.',
  );
}

/** The checks of a profile. @throws WirepactError `INVALID_CONTRACT`, or `INVALID_OPTIONS` where a contract is missing. */
export function checksOf(profile: ProfileName, options: ProfileOptions): readonly Check[] {
  switch (profile) {
    case 'document':
      return documentChecks();
    case 'wirepact':
      return wirepactChecks(options.seed);
    case 'elizaos':
      return elizaosChecks();
    case 'contract':
      return ofContract(options);
  }
}
