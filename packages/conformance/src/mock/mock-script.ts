import type { Fields } from '../wire/packet';

/** An event of a client, as what answers it sees it. */
export interface MockRequest {
  readonly event: string;
  /** What it carries, which was found to be as the contract says; empty where it carries nothing. */
  readonly payload: Fields;
  /** Fails with a code of the contract. */
  readonly fail: (code: string, data?: unknown, message?: string) => never;
  /** Sends this client an event. */
  readonly emit: (event: string, payload?: unknown) => void;
}

/** What an event is answered with: the data of its reply, or the items of its stream, or a function that finds out. */
export type MockAnswer = ((request: MockRequest) => unknown) | { readonly data: unknown };

/**
 * What goes wrong: an event is not answered, or does not come (`drop`), the connection is cut in its place
 * (`disconnect`), what comes is not as the contract says (`wrong`), or it comes late.
 */
export type MockFault = 'drop' | 'disconnect' | 'wrong' | { readonly delayMs: number };

/** What a mock server does. */
export interface MockOptions {
  /** What events are answered with, by their name. Default: what is made from the schema of the reply. */
  readonly answers?: Readonly<Record<string, MockAnswer>>;
  /** The first event of every connection. Default: the greeting of any contract. */
  readonly greeting?: { readonly event: string; readonly payload?: unknown };
  /** Default: one that is free. */
  readonly port?: number;
  /** What everything that is made up comes from. Default 1. */
  readonly seed?: number;
}

/** Faults that wait for their event. */
export class FaultQueue {
  private readonly waiting = new Map<string, MockFault[]>();

  /** Has the next `times` of an event meet a fault. */
  add(event: string, fault: MockFault, times: number): void {
    const faults = this.waiting.get(event) ?? [];
    this.waiting.set(event, [...faults, ...Array.from({ length: times }, () => fault)]);
  }

  /** The fault that an event meets now, if any. */
  take(event: string): MockFault | undefined {
    return this.waiting.get(event)?.shift();
  }
}
