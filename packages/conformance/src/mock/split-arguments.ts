/** Answers an event that asks for it. */
export type Acknowledge = (answer: unknown) => void;

const isAcknowledge = (value: unknown): value is Acknowledge => typeof value === 'function';

/** What an event carries, and what answers it where it asks for an answer. */
export function splitArguments(args: readonly unknown[]) {
  const [payload] = args.filter((arg) => !isAcknowledge(arg));
  return { payload, acknowledge: args.findLast(isAcknowledge) };
}
