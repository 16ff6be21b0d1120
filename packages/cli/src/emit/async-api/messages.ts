import { nameIn } from '@wirepact/contract/tools';
import type { SchemaReference } from '../../contract-document';
import { toAcknowledgement } from './acknowledgement';
import type { Draft07Schema } from './draft-07';
import { describeEvent, type EventParts, STREAM_END } from './event-parts';
import { STREAM_SCHEMA, toEndMessage, toItemsMessage } from './streams';

/** Where the schemas of the document went. */
export interface SchemaPlaces {
  /** Reference to a type of the contract, by its name. */
  readonly toReference: (name: string) => string;
  /** Reference to the schema of failed acknowledgements. */
  readonly failure: string;
}

const toSchema = ({ $ref }: SchemaReference, places: SchemaPlaces) => ({
  $ref: places.toReference(nameIn($ref)),
});

const toMessage = ({ name, event }: EventParts, places: SchemaPlaces) => ({
  name,
  title: name,
  ...describeEvent(event),
  ...(event.payload && { payload: toSchema(event.payload, places) }),
  ...(event.payload &&
    event.examples.length > 0 && { examples: event.examples.map((payload) => ({ payload })) }),
  'x-since': event.since,
});

const toData = ({ reply, stream }: EventParts['event'], places: SchemaPlaces): Draft07Schema => {
  if (stream) return STREAM_SCHEMA;
  return reply ? toSchema(reply, places) : { type: 'null' };
};

const toAcknowledgementMessage = ({ name, event }: EventParts, places: SchemaPlaces) => ({
  name: `${name}-ack`,
  title: `Acknowledgement of ${name}`,
  summary: `The one argument of the callback that \`${name}\` was sent with.`,
  payload: toAcknowledgement(toData(event, places), places.failure),
});

/** The messages of one event by key, those that answer it included. */
function toEntries(parts: EventParts, places: SchemaPlaces): (readonly [key: string, message: object])[] {
  const { name, event, key, answerKeys, itemsKey } = parts;
  const [acknowledgementKey] = answerKeys;
  return [
    [key, toMessage(parts, places)],
    ...(acknowledgementKey === undefined
      ? []
      : [[acknowledgementKey, toAcknowledgementMessage(parts, places)] as const]),
    ...(event.stream && itemsKey !== undefined
      ? [[itemsKey, toItemsMessage(name, toSchema(event.stream, places))] as const]
      : []),
  ];
}

/** The messages of all events by key, each with those that answer it, and the one that ends streams. */
export const toMessages = (events: readonly EventParts[], places: SchemaPlaces): Record<string, unknown> => ({
  ...Object.fromEntries(events.flatMap((parts) => toEntries(parts, places))),
  ...(events.some(({ event }) => event.stream) && { [STREAM_END]: toEndMessage(places.failure) }),
});
