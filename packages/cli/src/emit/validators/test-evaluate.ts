import type { Issue } from '@wirepact/contract';
import type { ContractDocument } from '../../contract-document';
import { emitValidators } from '../validators';

/** One type's two validators, out of the emitted modules. */
export interface EvaluatedValidator {
  readonly check: (value: unknown) => boolean;
  readonly issues: (value: unknown) => Issue[];
}

const toUrl = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;

const importUrl = (url: string): Promise<Record<string, unknown>> => import(/* @vite-ignore */ url);

/** Emits a contract's validators and loads them, for tests. */
export async function evaluateValidators(
  document: ContractDocument,
): Promise<Map<string, EvaluatedValidator>> {
  const { checks, issues } = emitValidators(document);
  const checksUrl = toUrl(checks);
  const checkModule = await importUrl(checksUrl);
  const { listIssues } = await importUrl(toUrl(issues.replace("'./checks.js'", JSON.stringify(checksUrl))));
  if (typeof listIssues !== 'function') throw new Error('listIssues is not exported.');
  const validators = new Map<string, EvaluatedValidator>();
  for (const name of Object.keys(document.$defs)) {
    const check = checkModule[name];
    if (typeof check !== 'function') throw new Error(`${name} is not exported.`);
    validators.set(name, { check: (value) => check(value), issues: (value) => listIssues(check, value) });
  }
  return validators;
}
