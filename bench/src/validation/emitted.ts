import { protocol } from '@wirepact/protocol/definition';
import { toContractDocument } from '../../../packages/cli/src/emit/contract-document';
import { emitValidators } from '../../../packages/cli/src/emit/validators';
import type { Contender } from './contender';

const toUrl = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;

const importUrl = (url: string): Promise<Record<string, unknown>> => import(url);

/** What is emitted from the protocol, ahead of time. Issues are asked for only where the check has failed. */
export async function createEmitted(): Promise<Contender> {
  const { checks, issues } = emitValidators(toContractDocument(protocol));
  const checksUrl = toUrl(checks);
  const { SendMessage: check } = await importUrl(checksUrl);
  const { listIssues } = await importUrl(toUrl(issues.replace("'./checks.js'", JSON.stringify(checksUrl))));
  if (typeof check !== 'function' || typeof listIssues !== 'function')
    throw new Error('The emitted modules lack SendMessage or listIssues.');
  return {
    check: (value) => check(value),
    issues: (value) => (check(value) ? [] : listIssues(check, value)),
  };
}
