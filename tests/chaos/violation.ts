/** A promise of the protocol that a run broke. */
export interface Violation {
  readonly rule:
    | 'settles'
    | 'no server ends by itself'
    | 'answered in time'
    | 'heard without another'
    | 'every message is taken'
    | 'deleted stays deleted'
    | 'another life by deletion only'
    | 'one receipt'
    | 'acknowledged is stored'
    | 'stored once'
    | 'stored was sent'
    | 'order of the sender'
    | 'one event per number'
    | 'rising numbers'
    | 'no gaps'
    | 'store agrees with its journal'
    | 'in a view, not in the store'
    | 'in the store, not in a view'
    | 'view is as the store'
    | 'every turn ends'
    | 'one answer a turn'
    | 'an end is told once'
    | 'as it was said'
    | 'ends as it should';
  /** What is wrong, in words. */
  readonly what: string;
  readonly client?: string | undefined;
  readonly channelId?: string | undefined;
  /** Text of the message it is about. */
  readonly text?: string | undefined;
  readonly seq?: number | undefined;
}

const MAX_REPORTED = 8;

type Excerpt = (about: {
  word?: string | undefined;
  channelId?: string | undefined;
  seq?: number | undefined;
}) => readonly string[];

/** A report for people: the seed, and of the first violations of each rule who, where, what and the log around it. */
export function describeViolations(seed: number, violations: readonly Violation[], excerpt: Excerpt): string {
  const rules = new Set(violations.map(({ rule }) => rule));
  const share = Math.max(1, Math.floor(MAX_REPORTED / Math.max(1, rules.size)));
  const reported = [...rules].flatMap((rule) =>
    violations.filter((one) => one.rule === rule).slice(0, share),
  );
  const parts = reported.map(({ rule, what, client = '-', channelId = '-', text, seq }) => {
    const lines = excerpt({ word: text, channelId, seq }).map((line) => `      ${line}`);
    return [`  [${rule}] client ${client}, channel ${channelId}: ${what}`, ...lines].join('\n');
  });
  const head = `${violations.length} violations; replay with WIREPACT_CHAOS_SEED=${seed}`;
  return [head, ...parts].join('\n');
}
