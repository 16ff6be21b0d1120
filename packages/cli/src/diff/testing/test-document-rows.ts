import { DEFAULT_BOUNDS, findBoundsIssue, findPayloadError } from '@wirepact/contract';
import type {
  ContractDocument,
  ErrorDocument,
  EventDocument,
  SchemaReference,
} from '../../contract-document';
import type { ChangeKind, ChangeLevel } from '../contract-change';
import { ANSWER_ROWS } from './test-answer-rows';
import type { DocumentRow } from './test-document-row';
import { documentOf, eventOf } from './test-documents';
import { EXTENDS_ROWS } from './test-extends-rows';
import { isAccepted } from './test-is-sent';
import { SUBJECT_ROWS } from './test-subject-rows';

const $defs = {
  Text: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
  Maybe: { type: ['object', 'null'] },
} as const;
const payload = { $ref: '#/$defs/Text' } as const;
const maybe = { $ref: '#/$defs/Maybe' } as const;
const NOT_FOUND = { description: 'No such card.', retryable: false, action: 'Reload.' };

const toServer = (parts: Partial<EventDocument>) =>
  documentOf({ clientToServer: { it: eventOf(parts) }, $defs });
const toClient = (parts: Partial<EventDocument>) =>
  documentOf({ serverToClient: { it: eventOf(parts) }, $defs });

const accepts = (schema: EventDocument['payload'], value: unknown) =>
  isAccepted({ schema: schema ?? true, defs: $defs }, value);

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const wide = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [index, 1]));

/** A value at the very limit that the sender keeps to. */
const atLimit = ({ maxDepth, maxProperties, maxSize }: EventDocument['limits']): readonly unknown[] => [
  nested(maxDepth),
  wide(maxProperties),
  'a'.repeat(maxSize - 1),
];

type LimitName = keyof EventDocument['limits'];

function limitRow(
  direction: 'clientToServer' | 'serverToClient',
  name: LimitName,
  value: number,
): DocumentRow {
  const make = direction === 'clientToServer' ? toServer : toClient;
  const raised = value > DEFAULT_BOUNDS[name];
  return {
    kind: raised ? 'limit-raised' : 'limit-lowered',
    level: raised === (direction === 'serverToClient') ? 'breaking' : 'feature',
    path: `${direction}/it/limits/${name}`,
    before: make({ payload }),
    after: make({ payload, limits: { ...DEFAULT_BOUNDS, [name]: value } }),
    message: `${name} ${DEFAULT_BOUNDS[name]} -> ${value}`,
    refused: (before, after) => {
      const [sender, receiver] = direction === 'clientToServer' ? [before, after] : [after, before];
      const [sent, read] = [sender[direction].it?.limits, receiver[direction].it?.limits];
      return atLimit(sent ?? DEFAULT_BOUNDS).some((one) => findBoundsIssue(one, read ?? DEFAULT_BOUNDS));
    },
  };
}

/** Limits of an event that carries nothing. */
const emptyRow = (direction: 'clientToServer' | 'serverToClient'): DocumentRow => ({
  ...limitRow(direction, 'maxSize', 100),
  level: 'patch',
  before: documentOf({ [direction]: { it: eventOf() } }),
  after: documentOf({ [direction]: { it: eventOf({ limits: { ...DEFAULT_BOUNDS, maxSize: 100 } }) } }),
  refused: (before, after) => {
    const [{ limits } = eventOf(), sender] = [after[direction].it, before[direction].it];
    return findPayloadError({ payload: undefined, reply: undefined, limits }, sender?.payload) !== undefined;
  },
});

const withEvent = (direction: 'clientToServer' | 'serverToClient', there: boolean) =>
  documentOf(there ? { [direction]: { it: eventOf() } } : {});

const hasEvent = ({ clientToServer, serverToClient }: ContractDocument) =>
  Object.hasOwn(clientToServer, 'it') || Object.hasOwn(serverToClient, 'it');

const isGone = (before: ContractDocument, after: ContractDocument) => hasEvent(before) && !hasEvent(after);

const wordRow = (
  kind: ChangeKind,
  level: ChangeLevel,
  before: Partial<EventDocument>,
  after: Partial<EventDocument>,
  message: string,
): DocumentRow => ({
  kind,
  level,
  path: 'clientToServer/it',
  before: toServer(before),
  after: toServer(after),
  message,
});

const withPresence = (board: SchemaReference) => documentOf({ presence: { board }, $defs });
const withError = (parts: Partial<ErrorDocument> = {}) =>
  documentOf({ errors: { NOT_FOUND: { ...NOT_FOUND, ...parts } }, $defs });

/** Every change that is not of a schema. */
export const DOCUMENT_ROWS: readonly DocumentRow[] = [
  {
    kind: 'contract-renamed',
    level: 'breaking',
    path: 'title',
    before: documentOf(),
    after: documentOf({ title: 'table' }),
    message: 'contract board is now called table',
  },
  {
    kind: 'type-renamed',
    level: 'feature',
    path: '$defs/Card',
    before: documentOf({ $defs: { Card: { type: 'string', title: 'Card' } } }),
    after: documentOf({ $defs: { Note: { type: 'string', title: 'Note' } } }),
    message: 'type Card is now called Note',
  },
  ...(['clientToServer', 'serverToClient'] as const).flatMap((direction): readonly DocumentRow[] => [
    {
      kind: 'event-added',
      level: 'feature',
      path: `${direction}/it`,
      before: withEvent(direction, false),
      after: withEvent(direction, true),
      message: 'event added',
      refused: isGone,
    },
    {
      kind: 'event-removed',
      level: 'breaking',
      path: `${direction}/it`,
      before: withEvent(direction, true),
      after: withEvent(direction, false),
      message: 'event removed',
      refused: isGone,
    },
  ]),
  {
    kind: 'payload-added',
    level: 'breaking',
    path: 'clientToServer/it/payload',
    before: toServer({}),
    after: toServer({ payload }),
    message: 'payload added',
    refused: (_, after) => !accepts(after.clientToServer.it?.payload, undefined),
  },
  {
    kind: 'payload-added',
    level: 'feature',
    path: 'serverToClient/it/payload',
    before: toClient({}),
    after: toClient({ payload }),
    message: 'payload added',
    refused: (before) => !accepts(before.serverToClient.it?.payload, { text: 'a' }),
  },
  {
    kind: 'payload-removed',
    level: 'feature',
    path: 'clientToServer/it/payload',
    before: toServer({ payload }),
    after: toServer({}),
    message: 'payload removed',
    refused: (_, after) => !accepts(after.clientToServer.it?.payload, { text: 'a' }),
  },
  {
    kind: 'payload-removed',
    level: 'breaking',
    path: 'serverToClient/it/payload',
    before: toClient({ payload }),
    after: toClient({}),
    message: 'payload removed',
    refused: (before) => !accepts(before.serverToClient.it?.payload, undefined),
  },
  {
    kind: 'reply-added',
    level: 'feature',
    path: 'clientToServer/it/reply',
    before: toServer({}),
    after: toServer({ reply: payload }),
    message: 'reply added',
    refused: (before) => !accepts(before.clientToServer.it?.reply, { text: 'a' }),
  },
  {
    kind: 'reply-removed',
    level: 'breaking',
    path: 'clientToServer/it/reply',
    before: toServer({ reply: payload }),
    after: toServer({}),
    message: 'reply removed',
    refused: (before) => !accepts(before.clientToServer.it?.reply, null),
  },
  {
    kind: 'reply-removed',
    level: 'feature',
    path: 'clientToServer/it/reply',
    before: toServer({ reply: maybe }),
    after: toServer({}),
    message: 'reply removed',
    refused: (before) => !accepts(before.clientToServer.it?.reply, null),
  },
  ...ANSWER_ROWS,
  limitRow('clientToServer', 'maxDepth', 4),
  limitRow('clientToServer', 'maxProperties', 200),
  limitRow('clientToServer', 'maxSize', 100),
  limitRow('serverToClient', 'maxDepth', 4),
  limitRow('serverToClient', 'maxProperties', 200),
  limitRow('serverToClient', 'maxSize', 1_000_000),
  emptyRow('clientToServer'),
  emptyRow('serverToClient'),
  {
    ...wordRow('event-error-added', 'feature', {}, { errors: ['NOT_FOUND'] }, 'may now fail with NOT_FOUND'),
    path: 'clientToServer/it/errors/NOT_FOUND',
  },
  {
    ...wordRow(
      'event-error-removed',
      'patch',
      { errors: ['NOT_FOUND'] },
      {},
      'may no longer fail with NOT_FOUND',
    ),
    path: 'clientToServer/it/errors/NOT_FOUND',
  },
  {
    kind: 'error-added',
    level: 'feature',
    path: 'errors/NOT_FOUND',
    before: documentOf(),
    after: withError(),
    message: 'error code added',
  },
  {
    kind: 'error-removed',
    level: 'patch',
    path: 'errors/NOT_FOUND',
    before: withError(),
    after: documentOf(),
    message: 'error code removed',
  },
  {
    kind: 'error-retryable-changed',
    level: 'feature',
    path: 'errors/NOT_FOUND/retryable',
    before: withError(),
    after: withError({ retryable: true }),
    message: 'retryable false -> true',
  },
  {
    kind: 'error-text-changed',
    level: 'patch',
    path: 'errors/NOT_FOUND/action',
    before: withError(),
    after: withError({ action: 'Wait.' }),
    message: 'action "Reload." -> "Wait."',
  },
  {
    kind: 'error-data-added',
    level: 'feature',
    path: 'errors/NOT_FOUND/data',
    before: withError(),
    after: withError({ data: payload }),
    message: 'error data added',
    refused: (before) => !accepts(before.errors.NOT_FOUND?.data, { text: 'a' }),
  },
  {
    kind: 'error-data-removed',
    level: 'breaking',
    path: 'errors/NOT_FOUND/data',
    before: withError({ data: payload }),
    after: withError(),
    message: 'error data removed',
    refused: (before) => !accepts(before.errors.NOT_FOUND?.data, undefined),
  },
  {
    kind: 'type-changed',
    level: 'breaking',
    path: 'errors/NOT_FOUND/data',
    before: withError({ data: payload }),
    after: withError({ data: maybe }),
    message: 'type "object" -> ["object","null"]',
    refused: (before) => !accepts(before.errors.NOT_FOUND?.data, null),
  },
  {
    kind: 'presence-added',
    level: 'feature',
    path: 'presence/board',
    before: documentOf(),
    after: withPresence(payload),
    message: 'presence added',
  },
  {
    kind: 'presence-removed',
    level: 'breaking',
    path: 'presence/board',
    before: withPresence(payload),
    after: documentOf(),
    message: 'presence removed',
  },
  {
    kind: 'type-changed',
    level: 'breaking',
    path: 'presence/board',
    before: withPresence(payload),
    after: withPresence(maybe),
    message: 'type "object" -> ["object","null"]',
    refused: (before) => !accepts(before.presence?.board, null),
  },
  ...EXTENDS_ROWS,
  ...SUBJECT_ROWS,
  wordRow('since-changed', 'patch', {}, { since: '1.1' }, 'since "1.0" -> "1.1"'),
  wordRow(
    'description-changed',
    'patch',
    {},
    { description: 'Else.' },
    'description "Something." -> "Else."',
  ),
  wordRow('examples-changed', 'patch', {}, { examples: [1] }, 'examples [] -> [1]'),
  wordRow(
    'deprecated-added',
    'feature',
    {},
    { deprecated: 'Use `that`.' },
    'deprecated none -> "Use `that`."',
  ),
  wordRow(
    'deprecated-changed',
    'patch',
    { deprecated: 'Use `that`.' },
    { deprecated: 'Use `those`.' },
    'deprecated "Use `that`." -> "Use `those`."',
  ),
  wordRow(
    'deprecated-removed',
    'patch',
    { deprecated: 'Use `that`.' },
    {},
    'deprecated "Use `that`." -> none',
  ),
];
