/**
 * Reports an error that a listener threw the way the platform reports any uncaught error, without
 * stopping whoever called the listener.
 */
export function reportUncaught(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else
    queueMicrotask(() => {
      throw error;
    });
}
