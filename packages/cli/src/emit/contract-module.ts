import { DEFAULT_BOUNDS, type PayloadBounds, UNDECLARED_BOUNDS, WirepactError } from '@wirepact/contract';
import { listDeprecatedFields, nameIn } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument, SchemaReference } from '../contract-document';
import { toPropertyName } from './typescript/literal';

/** The module of a built contract and its declarations, both as text. */
export interface EmittedContract {
  readonly javascript: string;
  readonly declarations: string;
}

type Events = ContractDocument['clientToServer'];

const toHeader = ({ title, version }: ContractDocument) =>
  `// ${title} ${version}, built by Wirepact. Do not edit: change the contract and build it again.\n`;

/** Types that the module exports besides those of the contract. */
const RESERVED_TYPES = [
  'ClientToServerEvents',
  'ClientToServerRequests',
  'ErrorCode',
  'ServerToClientEvents',
];

const toTypeOf = (exportName: string) => exportName.charAt(0).toUpperCase() + exportName.slice(1);

function checkNames({ title, $defs }: ContractDocument, exportName: string): void {
  if (exportName === 'errors')
    throw new WirepactError(
      'INVALID_CONTRACT',
      `${title}: every built contract exports \`errors\` of its own; export the contract under another name.`,
    );
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(exportName))
    throw new WirepactError(
      'INVALID_CONTRACT',
      `${title}: ${JSON.stringify(exportName)} cannot be the name of an export.`,
    );
  const taken = [...RESERVED_TYPES, toTypeOf(exportName)].find((name) => Object.hasOwn($defs, name));
  if (taken)
    throw new WirepactError(
      'INVALID_CONTRACT',
      `${title}: every built contract exports a type ${taken} of its own; give the schema of this name another \`title\`.`,
    );
}

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
  readonly checks: string;
  /** By the text of the room: events of one kind of room share it. */
  readonly rooms: ReadonlyMap<string, string>;
}

function toLocalNames({ clientToServer, serverToClient }: ContractDocument, exportName: string): LocalNames {
  const free = (name: string) => (name === exportName ? `${name}_` : name);
  const events = [...Object.values(clientToServer), ...Object.values(serverToClient)];
  const rooms = new Set(events.flatMap(({ room }) => (room ? [JSON.stringify(room)] : [])));
  return {
    ...{ schema: free('schema'), event: free('event'), checks: free('checks') },
    rooms: new Map([...rooms].map((text, index) => [text, free(`room${index}`)])),
  };
}

/** What an event has besides its schemas and limits, as the text of an object; `undefined` where it has nothing. */
function restText({ $defs }: ContractDocument, event: EventDocument, names: LocalNames): string | undefined {
  const { payload, room, actor, deprecated } = event;
  const schema = payload && $defs[nameIn(payload.$ref)];
  const deprecatedFields = schema && listDeprecatedFields({ ...schema, $defs });
  const parts = [
    room && `room: ${names.rooms.get(JSON.stringify(room))}`,
    ...Object.entries({ actor, deprecated, deprecatedFields }).map(
      ([name, value]) => value !== undefined && `${name}: ${JSON.stringify(value)}`,
    ),
  ].filter((part) => part);
  return parts.length > 0 ? `{ ${parts.join(', ')} }` : undefined;
}

/** The call that makes an event, without the arguments that say nothing at the end. */
function toEvent(document: ContractDocument, event: EventDocument, names: LocalNames): string {
  const checkOf = (reference: SchemaReference | undefined) =>
    reference && `${names.checks}.${nameIn(reference.$ref)}`;
  const parts = [
    checkOf(event.payload),
    checkOf(event.reply),
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

function emitJavaScript(document: ContractDocument, exportName: string): string {
  const { title, version, clientToServer, serverToClient } = document;
  const names = toLocalNames(document, exportName);
  const { schema, event, checks } = names;
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
${rooms.join('')}
export const ${exportName} = {
  name: ${JSON.stringify(title)},
  version: ${JSON.stringify(version)},
${document.extends ? `  extends: ${JSON.stringify(document.extends)},\n` : ''}  clientToServer: {
${toEvents(document, clientToServer, names)}  },
  serverToClient: {
${toEvents(document, serverToClient, names)}  },
};
`;
}

const schemaType = (reference: SchemaReference | undefined) =>
  reference ? `PayloadSchema<types.${nameIn(reference.$ref)}>` : 'undefined';

const toEventTypes = (events: Events) =>
  Object.entries(events)
    .map(
      ([name, { payload, reply }]) =>
        `  readonly ${toPropertyName(name)}: ContractEvent<${schemaType(payload)}, ${schemaType(reply)}>;\n`,
    )
    .join('');

const toErrorTypes = ({ errors }: ContractDocument) =>
  Object.entries(errors)
    .map(
      ([code, { description }]) =>
        `  /** ${description.replaceAll('*/', '*\\/')} */\n  readonly ${toPropertyName(code)}: ErrorDefinition;\n`,
    )
    .join('');

function emitDeclarations(document: ContractDocument, exportName: string): string {
  const typeName = toTypeOf(exportName);
  return `${toHeader(document)}import type { Contract, ContractEvent, ErrorDefinition, PayloadSchema } from '@wirepact/contract/runtime';
import type * as types from './types.js';

export type * from './events.js';
export type * from './types.js';

/** Every code that may reach the wire, with what it means and what to do. */
export declare const errors: {
${toErrorTypes(document)}};

/** A code of {@link errors}. */
export type ErrorCode = keyof typeof errors;

type ClientToServer = {
${toEventTypes(document.clientToServer)}};

type ServerToClient = {
${toEventTypes(document.serverToClient)}};

/** The type of {@link ${exportName}}. */
export interface ${typeName} extends Contract<ClientToServer, ServerToClient> {}

/** ${document.title} ${document.version}: every event on the wire, with the check of what it carries. */
export declare const ${exportName}: ${typeName};
`;
}

/**
 * The module of a contract as it is published: `exportName` is the contract, and a type of that name with a capital
 * letter its type. It stands beside what the other emitters make: `checks.js`, `issues.js`, `errors.js`, and the
 * declarations `types.d.ts` and `events.d.ts`.
 *
 * @throws WirepactError `INVALID_CONTRACT` where `exportName` is no name, or a schema has one that is taken.
 */
export function emitContract(document: ContractDocument, exportName: string): EmittedContract {
  checkNames(document, exportName);
  return {
    javascript: emitJavaScript(document, exportName),
    declarations: emitDeclarations(document, exportName),
  };
}

/** The module of a contract's error codes, apart from the contract, so that a page that needs none carries none. */
export const emitErrors = (document: ContractDocument): string =>
  `${toHeader(document)}export const errors = ${JSON.stringify(document.errors, null, 2)};\n`;
