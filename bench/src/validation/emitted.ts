import { protocol } from '@wirepact/protocol/definition';
import { toContractDocument } from '../../../packages/contract/src/emit/contract-document';
import { emitValidators } from '../../../packages/contract/src/emit/validators';
import type { Contender } from './contender';

const importText = (text: string): Promise<Record<string, unknown>> =>
  import(`data:text/javascript,${encodeURIComponent(text)}`);

/** What is emitted from the protocol, ahead of time. Issues are asked for only where the check has failed. */
export async function createEmitted(): Promise<Contender> {
  const { checks, issues } = emitValidators(toContractDocument(protocol));
  const { SendMessage: check } = await importText(checks);
  const { SendMessage: list } = await importText(issues);
  if (typeof check !== 'function' || typeof list !== 'function') throw new Error('SendMessage is missing.');
  return {
    check: (value) => check(value),
    issues: (value) => (check(value) ? [] : list(value)),
  };
}
