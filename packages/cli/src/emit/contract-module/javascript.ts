import type { PayloadBounds } from '@wirepact/contract/runtime';
import { DEFAULT_BOUNDS, listDeprecatedFields, nameIn, UNDECLARED_BOUNDS } from '@wirepact/contract/tools';
import type {
  ContractDocument,
  ErrorDocument,
  EventDocument,
  SchemaReference,
} from '../../contract-document';
import { toPropertyName } from '../typescript/literal';
import { toHeader } from './header';
import { ownErrorsOf } from './own-errors';

type Events = ContractDocument['clientToServer'];

const boundsText = ({ maxDepth, maxProperties, maxSize }: PayloadBounds) =>
  `[${maxDepth}, ${maxProperties}, ${maxSize}]`;

/** The limits of an event as an argument; `undefined` where they are those that it has without saying so. */
function limitsText({ payload, limits }: EventDocument): string | undefined {
  const text = boundsText(limits);
  return text === boundsText(payload ? DEFAULT_BOUNDS : UNDECLARED_BOUNDS) ? undefined : text;
}

/** Names of what the module declares besides the contract, which may be called like one of them. */
interface LocalNames {
  readonly schema: string;
  readonly event: string;
  readonly error: string;
  readonly checks: string;
  /** By the text of the room: events of one kind of room share it. */
  readonly rooms: ReadonlyMap<string, string>;
}

function toLocalNames({ clientToServer, serverToClient }: ContractDocument, exportName: string): LocalNames {
  const free = (name: string) => (name === exportName ? `${name}_` : name);
  const events = [...Object.values(clientToServer), ...Object.values(serverToClient)];
  const rooms = new Set(events.flatMap(({ room }) => (room ? [JSON.stringify(room)] : [])));
  return {
    schema: free('schema'),
    event: free('event'),
    error: free('error'),
    checks: free('checks'),
    rooms: new Map([...rooms].map((text, index) => [text, free(`room${index}`)])),
  };
}

/** The check of a type, by the module of checks. */
const toCheck = ({ checks }: LocalNames, reference: SchemaReference | undefined) =>
  reference && `${checks}.${nameIn(reference.$ref)}`;

const toMember = (name: string, value: unknown) =>
  value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`];

/** What an event has besides payload, reply and limits, as the text of an object; `undefined` where it has nothing. */
function restText({ $defs }: ContractDocument, event: EventDocument, names: LocalNames): string | undefined {
  const { payload, stream, resume, durable, key, room, actor, deprecated } = event;
  const schema = payload && $defs[nameIn(payload.$ref)];
  const deprecatedFields = schema && listDeprecatedFields({ ...schema, $defs });
  const parts = [
    ...(stream ? [`stream: ${names.schema}(${toCheck(names, stream)})`] : []),
    ...toMember('resume', resume),
    ...toMember('durable', durable),
    ...toMember('key', key),
    ...(room ? [`room: ${names.rooms.get(JSON.stringify(room))}`] : []),
    ...toMember('actor', actor),
    ...toMember('deprecated', deprecated),
    ...toMember('deprecatedFields', deprecatedFields),
  ];
  return parts.length > 0 ? `{ ${parts.join(', ')} }` : undefined;
}

/** The call that makes an event, without the arguments that say nothing at the end. */
function toEvent(document: ContractDocument, event: EventDocument, names: LocalNames): string {
  const parts = [
    toCheck(names, event.payload),
    toCheck(names, event.reply),
    limitsText(event),
    restText(document, event, names),
  ];
  const last = parts.findLastIndex((part) => part !== undefined);
  const used = parts.slice(0, last + 1).map(String);
  return `${names.event}(${used.join(', ')})`;
}

const toEvents = (document: ContractDocument, events: Events, names: LocalNames) =>
  Object.entries(events)
    .map(([name, event]) => `    ${toPropertyName(name)}: ${toEvent(document, event, names)},\n`)
    .join('');

/** The call that makes an error code. */
const toError = ({ retryable, data }: ErrorDocument, names: LocalNames) =>
  `${names.error}(${[String(retryable), ...(data ? [toCheck(names, data)] : [])].join(', ')})`;

const toErrors = (document: ContractDocument, names: LocalNames) =>
  Object.entries(ownErrorsOf(document))
    .map(([code, error]) => `    ${toPropertyName(code)}: ${toError(error, names)},\n`)
    .join('');

const toPresence = ({ presence = {} }: ContractDocument, names: LocalNames) =>
  Object.entries(presence)
    .map(([kind, state]) => `    ${toPropertyName(kind)}: ${names.schema}(${toCheck(names, state)}),\n`)
    .join('');

/** The module of a contract, as text. */
export function emitJavaScript(document: ContractDocument, exportName: string): string {
  const { title, version, clientToServer, serverToClient } = document;
  const names = toLocalNames(document, exportName);
  const { schema, event, error, checks } = names;
  const rooms = [...names.rooms].map(([text, name]) => `const ${name} = ${text};\n`);
  return `${toHeader(document)}import { createPayloadSchema } from '@wirepact/contract/runtime';
import * as ${checks} from './checks.js';

export { errors } from './errors.js';

/** What is wrong with a payload is only listed where something is: until then the lister is not loaded. */
const ${schema} = (check) =>
  check &&
  createPayloadSchema({ check, issues: async (value) => (await import('./issues.js')).listIssues(check, value) });
const ${event} = (payload, reply, bounds, rest) => {
  const [maxDepth, maxProperties, maxSize] = bounds ?? (payload ? ${boundsText(DEFAULT_BOUNDS)} : ${boundsText(UNDECLARED_BOUNDS)});
  return { payload: ${schema}(payload), reply: ${schema}(reply), limits: { maxDepth, maxProperties, maxSize }, ...rest };
};
const ${error} = (retryable, data) => ({ retryable, ...(data && { data: ${schema}(data) }) });
${rooms.join('')}
export const ${exportName} = {
  name: ${JSON.stringify(title)},
  version: ${JSON.stringify(version)},
${document.extends ? `  extends: ${JSON.stringify(document.extends)},\n` : ''}  errors: {
${toErrors(document, names)}  },
${document.presence ? `  presence: {\n${toPresence(document, names)}  },\n` : ''}  clientToServer: {
${toEvents(document, clientToServer, names)}  },
  serverToClient: {
${toEvents(document, serverToClient, names)}  },
};
`;
}
