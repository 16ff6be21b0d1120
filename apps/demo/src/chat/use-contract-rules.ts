import { useEffect, useState } from 'react';
import { type ContractRules, loadContractRules } from './contract-rules';

/** Before they are loaded, and where they cannot be: the events are shown all the same. */
const NONE: ContractRules = {
  describeEvent: () => undefined,
  rulesOf: () => [],
  rulesOfField: () => [],
  describeCode: () => undefined,
};

/** What the contract says in words, loaded with the first use. */
export function useContractRules(): ContractRules {
  const [rules, setRules] = useState(NONE);
  useEffect(() => {
    let isShown = true;
    loadContractRules().then(
      (loaded) => isShown && setRules(loaded),
      () => {},
    );
    return () => {
      isShown = false;
    };
  }, []);
  return rules;
}
