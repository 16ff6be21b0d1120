import { nameIn } from '@wirepact/contract/tools';
import type { SchemaReference } from '../../contract-document';
import { toAcknowledgement } from './acknowledgement';
import { describeEvent, type EventParts } from './event-parts';

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

const toAcknowledgementMessage = ({ name, event }: EventParts, places: SchemaPlaces) => ({
  name: `${name}-ack`,
  title: `Acknowledgement of ${name}`,
  summary: `The one argument of the callback that \`${name}\` was sent with.`,
  payload: toAcknowledgement(event.reply ? toSchema(event.reply, places) : { type: 'null' }, places.failure),
});

/** The messages of all events, by key, each with that of its acknowledgement. */
export const toMessages = (events: readonly EventParts[], places: SchemaPlaces): Record<string, unknown> =>
  Object.fromEntries(
    events.flatMap((parts) => [
      [parts.key, toMessage(parts, places)] as const,
      ...(parts.acknowledgementKey === undefined
        ? []
        : [[parts.acknowledgementKey, toAcknowledgementMessage(parts, places)] as const]),
    ]),
  );
