import type { PayloadSchema } from './payload-schema';

/** Bounds on a payload, checked before its schema so that no check can be made slow or deep. */
export interface PayloadBounds {
  /** Levels of objects and arrays inside each other. */
  readonly maxDepth: number;
  /** Properties of any one object. */
  readonly maxProperties: number;
  /** Characters of all strings and property names, plus one for every value. */
  readonly maxSize: number;
}

/** What bounds a payload whose event names no `limits`. */
export const DEFAULT_BOUNDS: PayloadBounds = { maxDepth: 16, maxProperties: 128, maxSize: 131_072 };

/** What bounds whatever is sent with an event that declares no payload and names no `limits`; it is dropped then. */
export const UNDECLARED_BOUNDS: PayloadBounds = { maxDepth: 4, maxProperties: 32, maxSize: 1_024 };

/** The kind of room an event belongs to, and where its payload says which one. */
export interface Room<Name extends string = string> {
  /** What such rooms are called: `channel`. Events of one kind of room name it alike. */
  readonly name: Name;
  /** Property of the payload that names the room: `channelId`. */
  readonly property: string;
  /** Property that names the room where `property` is missing, such as its older name. */
  readonly fallback?: string;
}

/** Which properties a stream is asked for again with, after its connection was lost. */
export interface StreamResume {
  /** Property of an item that says where it stands: `id`. */
  readonly item: string;
  /** Property of the payload that says after which item to begin: `after`. */
  readonly payload: string;
}

/** One event of a contract, as both ends need it at run time. */
export interface ContractEvent<
  Payload extends PayloadSchema | undefined = PayloadSchema | undefined,
  Reply extends PayloadSchema | undefined = PayloadSchema | undefined,
  Code extends string = string,
> {
  /** Schema of the event's one argument; `undefined` where it carries none. */
  readonly payload: Payload;
  /**
   * Schema of a successful acknowledgement's `data`; `undefined` where there is nothing to tell. Of a server-to-client
   * event it is what a client answers with.
   */
  readonly reply: Reply;
  /**
   * Codes of the contract's own that it may fail with; left out where there are none. Of a contract that was built only
   * the types know them.
   */
  readonly errors?: readonly Code[] | undefined;
  /** Schema of the items it answers with, one after the other; left out where it answers at once. See {@link Streamed}. */
  readonly stream?: PayloadSchema | undefined;
  /** How its stream goes on after a lost connection; left out where it ends with it. */
  readonly resume?: StreamResume | undefined;
  /** True where it is kept in the journal of its room, and brought to every member once and in order. See {@link Durable}. */
  readonly durable?: boolean | undefined;
  /** Property of the payload that makes a repeated send known as such. See {@link Keyed}. */
  readonly key?: string | undefined;
  readonly limits: PayloadBounds;
  /** The room it belongs to; left out for events of the connection itself. Permission to send it is about this room. */
  readonly room?: Room | undefined;
  /** Property of the payload that names who acts; left out where the payload names nobody. */
  readonly actor?: string | undefined;
  /** What to use instead, where the event should no longer be used. */
  readonly deprecated?: string | undefined;
  /** Fields of the payload that should no longer be used, by JSON Pointer, with what to do instead. */
  readonly deprecatedFields?: Readonly<Record<string, string>> | undefined;
}

/** A client-to-server event that answers with a stream of items. */
export interface Streamed<Item = unknown> {
  readonly stream: PayloadSchema<Item>;
}

/** A server-to-client event that is kept in the journal of its room. */
export interface Durable {
  readonly durable: true;
}

/** An event whose payload names the send: a client may repeat it, and it takes place once. */
export interface Keyed {
  readonly key: string;
}

/** An event of one kind of room. */
export interface InRoom<Name extends string = string> {
  readonly room: Room<Name>;
}

/** Events by their name on the wire. */
export type EventRegistry = Readonly<Record<string, ContractEvent>>;

/** One event as {@link defineEvent} declares it, whole: everything about it but behaviour over time and code. */
export interface EventDefinition<
  Payload extends PayloadSchema | undefined = PayloadSchema | undefined,
  Reply extends PayloadSchema | undefined = PayloadSchema | undefined,
  Code extends string = string,
> extends ContractEvent<Payload, Reply, Code> {
  /** What the event is for, in one to three sentences. Reaches editors, schemas and documents. */
  readonly description: string;
  /** Codes of the contract's registry this event may fail with, beside those that any event may fail with. */
  readonly errors: readonly Code[];
  /** Payloads that are valid; a test checks each. */
  readonly examples: readonly unknown[];
  /** Version of the contract that first had the event. */
  readonly since: string;
}

/** Events by their name on the wire, as they are declared. */
export type EventDefinitions = Readonly<Record<string, EventDefinition>>;
