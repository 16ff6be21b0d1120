import { nameIn } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument, SchemaReference } from '../../contract-document';
import { toCode } from '../code-span';
import { toAnchor, toHeading, toJsonBlock, toParagraph } from './markdown-text';
import { describeType } from './type-section';

function describePart(document: ContractDocument, title: string, reference: SchemaReference): string[] {
  const name = nameIn(reference.$ref);
  return [`**${title}** ${toCode(name)}`, ...describeType(document.$defs[name] ?? {})];
}

const NO_REPLY = '**Reply** none: the acknowledgement’s `data` is `null`.';
const STREAM =
  'The acknowledgement’s `data` is `{ stream }`, the name of a stream; its items follow, one after the other.';
const DURABLE =
  '**Durable** It is kept in the journal of its room: every member gets it once and in order, also after a lost connection.';

/** What an event is answered with; those of the server may ask, and those of clients always get an answer. */
function describeAnswer(document: ContractDocument, isRequest: boolean, event: EventDocument): string[] {
  const { reply, stream, resume } = event;
  if (reply) return describePart(document, 'Reply', reply);
  if (!stream) return isRequest ? [NO_REPLY] : [];
  const goesOn =
    resume &&
    `After a lost connection it goes on where ${toCode(resume.payload)} names the ${toCode(resume.item)} of the last item.`;
  return [...describePart(document, 'Stream of', stream), STREAM, ...(goesOn ? [goesOn] : [])];
}

const toKey = ({ key }: EventDocument, isRequest: boolean): string[] => {
  if (key === undefined) return [];
  const meaning = isRequest
    ? 'a send that is repeated with the same one takes place once.'
    : 'tells whoever sent it which of its sends this is.';
  return [`**Key** ${toCode(key)}: ${meaning}`];
};

function toErrors(errors: readonly string[]): string[] {
  if (errors.length === 0) return [];
  return [`**Errors** ${errors.map((code) => `[${toCode(code)}](#${toAnchor('error', code)})`).join(', ')}`];
}

const toCount = (count: number) => count.toLocaleString('en');

function toLimits({ limits: { maxDepth, maxProperties, maxSize } }: EventDocument): string {
  const bounds = [
    `${toCount(maxDepth)} levels deep`,
    `${toCount(maxProperties)} properties in an object`,
    `${toCount(maxSize)} characters in all`,
  ];
  return `**Limits** ${bounds.join(', ')}`;
}

const toRoom = ({ room }: EventDocument): string[] =>
  room
    ? [
        `**Room** a ${toCode(room.name)}, named by ${toCode(room.property)}` +
          (room.fallback === undefined ? '' : `, or by ${toCode(room.fallback)} where that is missing`),
      ]
    : [];

const toActor = ({ actor }: EventDocument): string[] =>
  actor === undefined ? [] : [`**Actor** named by ${toCode(actor)}`];

const toExamples = (examples: readonly unknown[]): string[] =>
  examples.flatMap((example) => ['**Example**', toJsonBlock(example)]);

/** What the section of an event is called, by its direction: an event of both has two. */
export type Direction = 'clientToServer' | 'serverToClient';

/** The kind of anchor that events of a direction have. */
export const anchorKindOf = (direction: Direction): string =>
  direction === 'clientToServer' ? 'client' : 'server';

function toNotices({ since, deprecated }: EventDocument): string[] {
  return [
    `Since ${since}.`,
    ...(deprecated === undefined ? [] : [`> **Deprecated:** ${toParagraph(deprecated)}`]),
  ];
}

/** A section for an event: all that a developer who emits or handles it has to know. */
export function toEventSection(
  document: ContractDocument,
  direction: Direction,
  name: string,
  event: EventDocument,
) {
  const { payload, description, errors, examples } = event;
  const isRequest = direction === 'clientToServer';
  return [
    toHeading(3, anchorKindOf(direction), name),
    toParagraph(description),
    ...toNotices(event),
    ...(payload ? describePart(document, 'Payload', payload) : ['**Payload** none']),
    ...describeAnswer(document, isRequest, event),
    ...(event.durable ? [DURABLE] : []),
    ...toKey(event, isRequest),
    ...toRoom(event),
    ...toActor(event),
    ...toErrors(errors),
    ...(isRequest && payload ? [toLimits(event)] : []),
    ...(payload ? toExamples(examples) : []),
  ];
}
