import type { ContractDocument } from '../../contract-document';
import type { Issue } from '../../issues';
import { emitValidators } from '../validators';

/** One type's two validators, as the emitted modules export them. */
export interface EvaluatedValidator {
  readonly check: (value: unknown) => boolean;
  readonly issues: (value: unknown) => Issue[];
}

/** Loads the text of a module that imports nothing. */
export const importText = (text: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);

/** Emits a contract's validators and loads them, for tests. */
export async function evaluateValidators(
  document: ContractDocument,
): Promise<Map<string, EvaluatedValidator>> {
  const { checks, issues } = emitValidators(document);
  const [checkModule, issueModule] = await Promise.all([importText(checks), importText(issues)]);
  const validators = new Map<string, EvaluatedValidator>();
  for (const name of Object.keys(document.$defs)) {
    const check = checkModule[name];
    const list = issueModule[name];
    if (typeof check !== 'function' || typeof list !== 'function')
      throw new Error(`${name} is not exported.`);
    validators.set(name, { check: (value) => check(value), issues: (value) => list(value) });
  }
  return validators;
}
