import type { WireError } from './error';

/**
 * What a Socket.IO acknowledgement carries: the reply's data, or the reason there is none.
 * An acknowledgement that was asked for always settles with one of the two.
 */
export type Ack<Data> = { ok: true; data: Data } | { ok: false; error: WireError };
