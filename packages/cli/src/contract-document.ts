import type { ErrorDefinition, PayloadBounds, Room, StreamResume } from '@wirepact/contract/runtime';
import type { JsonSchemaObject, Reference } from '@wirepact/contract/tools';

/** A schema of the document, by its place in `$defs`. */
export interface SchemaReference {
  readonly $ref: Reference;
}

/** One error code of a {@link ContractDocument}. */
export interface ErrorDocument extends Omit<ErrorDefinition, 'data'> {
  /** Schema of what is told besides; left out where there is nothing more to tell. */
  readonly data?: SchemaReference;
}

/** One event of a {@link ContractDocument}. */
export interface EventDocument {
  readonly description: string;
  /** Schema of the event's one argument; left out where it carries none. */
  readonly payload?: SchemaReference;
  /** Schema of a successful acknowledgement's `data`, whichever side gives it; left out where there is nothing to tell. */
  readonly reply?: SchemaReference;
  /** Schema of the items that it answers with, one after the other; left out where it answers at once. */
  readonly stream?: SchemaReference;
  /** How its stream goes on after a lost connection; left out where it ends with it. */
  readonly resume?: StreamResume;
  /** True where it is kept in the journal of its room; left out where it is not. */
  readonly durable?: boolean;
  /** Property of the payload that names a send; left out where none does. */
  readonly key?: string;
  /** Codes of the document's `errors` this event may fail with, beside those that any event may fail with. */
  readonly errors: readonly string[];
  readonly limits: PayloadBounds;
  /** Payloads that are valid. */
  readonly examples: readonly unknown[];
  /** Version of the contract that first had the event. */
  readonly since: string;
  /** What to use instead, where the event should no longer be used. */
  readonly deprecated?: string;
  /** The room it belongs to; left out for events of the connection itself. */
  readonly room?: Room;
  /** Property of the payload that names who acts; left out where the payload names nobody. */
  readonly actor?: string;
}

/**
 * A contract as plain JSON: a JSON Schema 2020-12 bundle whose `$defs` are the contract's types, beside the
 * events that use them. Everything that is emitted from a contract, and every comparison of two, starts here.
 */
export interface ContractDocument {
  readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
  /** `urn:wirepact:<name>:<version>`. */
  readonly $id: string;
  /** Name of the contract. */
  readonly title: string;
  readonly version: string;
  /** Versions of the contracts it builds on, by name. */
  readonly extends?: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, ErrorDocument>>;
  /** What members of a room say that they do, by the kind of room; left out where nobody is told who is in one. */
  readonly presence?: Readonly<Record<string, SchemaReference>>;
  readonly clientToServer: Readonly<Record<string, EventDocument>>;
  readonly serverToClient: Readonly<Record<string, EventDocument>>;
  /** The contract's types, by name: a schema's `title`, else one made from the name of its event. */
  readonly $defs: Readonly<Record<string, JsonSchemaObject>>;
}
