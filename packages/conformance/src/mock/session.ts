/** One thing that happened between a client and a server. */
export type SessionStep =
  | {
      readonly from: 'client';
      readonly event: string;
      readonly payload?: unknown;
      /** What the server acknowledged it with; left out where it did not. */
      readonly answer?: unknown;
    }
  | { readonly from: 'server'; readonly event: string; readonly payload?: unknown };

/** What one client and a server said to each other, in order. It is JSON. */
export type Session = readonly SessionStep[];
