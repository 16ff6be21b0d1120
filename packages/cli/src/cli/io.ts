/** Where a command writes to, a line (or several) at a time. */
export interface CommandIo {
  /** Results. */
  readonly out: (text: string) => void;
  /** Whatever is wrong, and what to do about it. */
  readonly err: (text: string) => void;
}

/** What a command ends with: 0 all is well, 1 it is not, 2 it could not be found out. */
export type ExitCode = 0 | 1 | 2;
