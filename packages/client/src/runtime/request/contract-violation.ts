import { formatIssues, type Issue } from '@wirepact/contract/runtime';

/** Something the server sent that the contract does not allow. */
export interface ContractViolation {
  /** Name of the event; of the request, where it is an answer that is wrong. */
  readonly event: string;
  /** What is wrong, each with its path. */
  readonly issues: Issue[];
  /** What the server sent. */
  readonly payload: unknown;
}

/** Is told of a {@link ContractViolation}. */
export type ContractViolationListener = (violation: ContractViolation) => void;

/** Warns on the console, once for each event. */
export function createViolationWarning(): ContractViolationListener {
  const warned = new Set<string>();
  return ({ event, issues }) => {
    if (warned.has(event)) return;
    warned.add(event);
    console.warn(`wirepact: the server broke the contract in "${event}": ${formatIssues(issues)}`);
  };
}
