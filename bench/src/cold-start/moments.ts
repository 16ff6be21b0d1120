/** Where a process that starts is, and what it took until then, Node's own start included. */
export interface Moment {
  readonly is: 'imported' | 'listening' | 'served';
  readonly port?: number;
  /** Since the process was started, in milliseconds. */
  readonly ms: number;
  readonly cpuMs: number;
}

/** Whose start is compared. */
export type Starting = 'ours' | 'plain';
