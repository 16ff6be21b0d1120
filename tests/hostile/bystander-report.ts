/** How somebody fared who did nothing but chat while the server was attacked. */
export interface BystanderReport {
  /** Requests and connections that were answered. */
  readonly answered: number;
  /** The most that the server's event loop computed while one of them waited, in milliseconds. */
  readonly worstWaitMs: number;
  /** Which one that was. */
  readonly worstStep: string;
  /** What was refused, or got no answer. */
  readonly failures: readonly string[];
}
