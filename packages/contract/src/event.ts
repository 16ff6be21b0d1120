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

/** One event of a contract, as both ends need it at run time. */
export interface ContractEvent<
  Payload extends PayloadSchema | undefined = PayloadSchema | undefined,
  Reply extends PayloadSchema | undefined = PayloadSchema | undefined,
> {
  /** Schema of the event's one argument; `undefined` where it carries none. */
  readonly payload: Payload;
  /** Schema of a successful acknowledgement's `data`; `undefined` where there is nothing to tell. */
  readonly reply: Reply;
  readonly limits: PayloadBounds;
  /** What to use instead, where the event should no longer be used. */
  readonly deprecated?: string | undefined;
  /** Fields of the payload that should no longer be used, by JSON Pointer, with what to do instead. */
  readonly deprecatedFields?: Readonly<Record<string, string>> | undefined;
}

/** Events by their name on the wire. */
export type EventRegistry = Readonly<Record<string, ContractEvent>>;

/** One event as {@link defineEvent} declares it, whole: everything about it but behaviour over time and code. */
export interface EventDefinition<
  Payload extends PayloadSchema | undefined = PayloadSchema | undefined,
  Reply extends PayloadSchema | undefined = PayloadSchema | undefined,
> extends ContractEvent<Payload, Reply> {
  /** What the event is for, in one to three sentences. Reaches editors, schemas and documents. */
  readonly description: string;
  /** Codes of the contract's registry this event may fail with, beside those of the pipeline. */
  readonly errors: readonly string[];
  /** Payloads that are valid; a test checks each. */
  readonly examples: readonly unknown[];
  /** Version of the contract that first had the event. */
  readonly since: string;
  /** The room it belongs to; `undefined` for events of the connection itself. */
  readonly room: Room | undefined;
}

/** The kind of room an event belongs to, and where its payload says which one. */
export interface Room {
  /** What such rooms are called: `channel`. Events of one kind of room name it alike. */
  readonly name: string;
  /** Property of the payload that names the room: `channelId`. */
  readonly property: string;
}

/** Events by their name on the wire, as they are declared. */
export type EventDefinitions = Readonly<Record<string, EventDefinition>>;
