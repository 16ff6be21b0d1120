/** How long a repeated message is known as such by default: longer than any client goes on trying. */
export const DEFAULT_IDEMPOTENCY_MS = 24 * 60 * 60 * 1000;
