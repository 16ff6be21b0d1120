import { WirepactError } from '@wirepact/contract/runtime';

/** An error after which the same request may be sent again, where given after so many milliseconds. */
export const retryable = (code: string, message: string, retryAfterMs?: number) =>
  new WirepactError(code, message, { retryable: true, retryAfterMs });
