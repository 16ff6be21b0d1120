import type { Static, TSchema } from 'typebox';

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

/**
 * One event of a contract, whole: everything about it but behaviour over time and code.
 * The fields stand in this order in every event file.
 */
export interface EventDefinition<
  Payload extends TSchema | undefined = TSchema | undefined,
  Reply extends TSchema | undefined = TSchema | undefined,
> {
  /** What the event is for, in one to three sentences. Reaches editors, schemas and documents. */
  readonly description: string;
  /** Schema of the event's one argument; left out where the event carries none. */
  readonly payload: Payload;
  /** Schema of a successful acknowledgement's `data`; left out where there is nothing to tell. */
  readonly reply: Reply;
  /** Codes of the contract's registry this event may fail with, beside those of the pipeline. */
  readonly errors: readonly string[];
  readonly limits: PayloadBounds;
  /** Payloads that are valid; a test checks each. */
  readonly examples: readonly PayloadOfSchema<Payload>[];
  /** Version of the contract that first had the event. */
  readonly since: string;
  /** What to use instead, where the event should no longer be used. */
  readonly deprecated: string | undefined;
}

/** What {@link defineEvent} takes: as {@link EventDefinition}, with defaults for what is left out. */
export interface EventOptions<Payload extends TSchema | undefined, Reply extends TSchema | undefined> {
  readonly description: string;
  readonly payload?: Payload;
  readonly reply?: Reply;
  readonly errors?: readonly string[];
  readonly limits?: Partial<PayloadBounds>;
  readonly examples?: readonly PayloadOfSchema<Payload>[];
  /** Default `'1.0'`. */
  readonly since?: string;
  readonly deprecated?: string;
}

/** The type of what a schema describes; `undefined` where there is no schema. */
export type PayloadOfSchema<Schema extends TSchema | undefined> = Schema extends TSchema
  ? Static<Schema>
  : undefined;

/**
 * Declares one event of a contract. (Its types come from the options alone, not from where it is put: `NoInfer`.)
 *
 * @example
 * const move_card = defineEvent({
 *   description: 'Move a card to another column.',
 *   payload: Type.Object({ cardId: Type.String(), column: Type.String() }),
 *   reply: Type.Object({ position: Type.Integer() }),
 * });
 */
export function defineEvent<
  Payload extends TSchema | undefined = undefined,
  Reply extends TSchema | undefined = undefined,
>(options: EventOptions<Payload, Reply>): EventDefinition<NoInfer<Payload>, NoInfer<Reply>> {
  return {
    description: options.description,
    payload: options.payload as Payload,
    reply: options.reply as Reply,
    errors: options.errors ?? [],
    limits: { ...DEFAULT_BOUNDS, ...options.limits },
    examples: options.examples ?? [],
    since: options.since ?? '1.0',
    deprecated: options.deprecated,
  };
}
