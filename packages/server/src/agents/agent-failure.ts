import { WirepactError } from '@wirepact/contract/runtime';

/** What may be told besides that an agent failed. */
export interface AgentFailureDetails {
  readonly retryable?: boolean | undefined;
  /** Milliseconds after which a retry may succeed. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** An agent that cannot answer, with what was wrong and what to do; for the server's log, never with a secret. */
export const agentFailure = (message: string, details?: AgentFailureDetails) =>
  new WirepactError('AGENT_FAILED', message, details);
