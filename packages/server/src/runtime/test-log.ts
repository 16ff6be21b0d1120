import pino, { type Logger } from 'pino';

/** One line of a log, as far as tests look at it. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A logger whose lines are kept. */
export function createKeptLog(level = 'warn'): { logger: Logger; lines: LogLine[]; texts: string[] } {
  const lines: LogLine[] = [];
  const texts: string[] = [];
  const write = (text: string) => {
    texts.push(text);
    lines.push(JSON.parse(text));
  };
  return { logger: pino({ level }, { write }), lines, texts };
}
