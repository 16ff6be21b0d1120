/** An object that came over the wire: nothing is known of what it holds. */
export type Fields = Readonly<Record<string, unknown>>;

/** An event as it came from the server. */
export interface Packet {
  readonly event: string;
  readonly args: readonly unknown[];
}

/** An acknowledgement, as far as it is what the rules say. */
export interface Answer {
  readonly ok?: unknown;
  readonly data?: unknown;
  readonly error?: unknown;
}

/** True for what is an object in JSON. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The properties of what should be an object; none where it is something else. */
export const toFields = (value: unknown): Fields => (isFields(value) ? value : {});

/** The error of an acknowledgement; empty where it has none. */
export const errorOf = ({ error }: Answer): Fields => toFields(error);

/** What a successful acknowledgement tells; empty where that is no object. */
export const dataOf = ({ data }: Answer): Fields => toFields(data);

/** The first argument of an event, which is all that it carries. */
export const payloadOf = ({ args }: Packet): Fields => toFields(args[0]);
