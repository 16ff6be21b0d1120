import { nameIn } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';
import { toFailureSchema } from './async-api/acknowledgement';
import { toChannels } from './async-api/channels';
import { ComponentKeys } from './async-api/component-keys';
import { toDraft07 } from './async-api/draft-07';
import { listEvents, STREAM_END } from './async-api/event-parts';
import { type SchemaPlaces, toMessages } from './async-api/messages';
import { toOperations } from './async-api/operations';

/** An AsyncAPI 3.0.0 document, as plain JSON. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly id: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly defaultContentType: string;
  readonly channels: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, unknown>>;
  readonly components: {
    readonly messages: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, unknown>>;
  };
  /** The contract's error codes: meaning, whether to retry, what to do, and the schema of what is told besides. */
  readonly 'x-errors': Readonly<Record<string, unknown>>;
  /** Schemas of what members of a room do, by the kind of room; left out where the contract has none. */
  readonly 'x-presence'?: Readonly<Record<string, unknown>>;
}

const DESCRIPTION =
  'Events over Socket.IO: a message’s `name` is the name of the event, its payload the event’s one argument. ' +
  'Whatever a client sends may ask for an acknowledgement, which then always comes.';

function nameSchemas(document: ContractDocument) {
  const keys = new ComponentKeys();
  const byName = keys.addAll(Object.keys(document.$defs));
  const keyOf = (name: string) => byName.get(name) ?? name;
  const hasData = Object.values(document.errors).some(({ data }) => data);
  const failureKey = keys.add('Failure');
  const toReference = (name: string) => `#/components/schemas/${keyOf(name)}`;
  const schemas = Object.entries(document.$defs).map(
    ([name, schema]) => [keyOf(name), toDraft07(schema, toReference)] as const,
  );
  const places = { toReference, failure: `#/components/schemas/${failureKey}` };
  return { places, schemas: Object.fromEntries([...schemas, [failureKey, toFailureSchema(hasData)]]) };
}

/** The codes, with their data where their schemas went. */
const toErrors = (errors: ContractDocument['errors'], { toReference }: SchemaPlaces) =>
  Object.fromEntries(
    Object.entries(errors).map(([code, error]) => [
      code,
      error.data ? { ...error, data: { $ref: toReference(nameIn(error.data.$ref)) } } : error,
    ]),
  );

const toPresence = (presence: NonNullable<ContractDocument['presence']>, { toReference }: SchemaPlaces) =>
  Object.fromEntries(
    Object.entries(presence).map(([kind, state]) => [kind, { $ref: toReference(nameIn(state.$ref)) }]),
  );

/**
 * A contract as an AsyncAPI 3.0.0 document that describes the server: what it receives, with acknowledgements as
 * replies and streams as messages, and what it sends, some of it to be answered. Events with a `room` are on a channel for that kind of room, all others on `/`.
 * Schemas are turned into draft 07, which AsyncAPI builds on.
 */
export function emitAsyncApi(document: ContractDocument): AsyncApiDocument {
  const { places, schemas } = nameSchemas(document);
  const keys = new ComponentKeys();
  keys.add(STREAM_END);
  const events = listEvents(document, keys);
  const { channels, channelOf } = toChannels(events);
  return {
    asyncapi: '3.0.0',
    id: document.$id,
    info: { title: document.title, version: document.version, description: DESCRIPTION },
    defaultContentType: 'application/json',
    channels,
    operations: toOperations(events, channelOf),
    components: { messages: toMessages(events, places), schemas },
    'x-errors': toErrors(document.errors, places),
    ...(document.presence && { 'x-presence': toPresence(document.presence, places) }),
  };
}
