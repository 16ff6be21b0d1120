/** Where a command writes to. */
export interface CommandIo {
  /** Results: one text, with its line ends. */
  readonly stdout: (text: string) => void;
  /** Whatever is wrong, and what to do about it. */
  readonly stderr: (text: string) => void;
}

/** What a command ends with: 0 done, 1 what it looks for is there, 2 it could not do its work. */
export type ExitCode = 0 | 1 | 2;
