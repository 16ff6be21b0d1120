import { type ConformanceOptions, listChecks, Violation } from '@wirepact/conformance';
import { type Mutation, startRelay } from './relay';

/** A server that is wrong in one thing. */
export interface Mutant extends Mutation {
  /** What is wrong with it. */
  readonly name: string;
  /** The rule that it breaks. */
  readonly rule: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes an object; what is none goes on as it is. */
export const change = (value: unknown, changes: Readonly<Record<string, unknown>>): unknown =>
  isObject(value) ? { ...value, ...changes } : value;

/** What a path in a value leads to. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), value);

/** An acknowledgement that says no. */
export const refused = (code: string) => ({ ok: false, error: { code, message: 'No.', retryable: false } });

/** The rules whose checks fail on a server, in the order of the checks. */
export async function brokenRules(url: string, options: ConformanceOptions): Promise<string[]> {
  const broken = new Set<string>();
  for (const { rule, run } of listChecks({ transports: ['websocket'], ...options })) {
    await run(url).catch((error) => {
      if (!(error instanceof Violation)) throw error;
      broken.add(rule);
    });
  }
  return [...broken];
}

/** The rules that a mutant of the server at `url` is found to break, among those that it is said to. */
export async function caught(url: string, { rule, ...mutation }: Mutant, options: ConformanceOptions) {
  const relay = await startRelay(url, mutation);
  try {
    // What does not come is waited for, and a mutant that is caught by that has left something out.
    return await brokenRules(relay.url, { ...options, rules: [rule], patienceMs: 500 });
  } finally {
    await relay.close();
  }
}
