import { nameIn } from '@wirepact/contract/tools';
import type {
  ContractDocument,
  ErrorDocument,
  EventDocument,
  SchemaReference,
} from '../../contract-document';
import { toPropertyName, toStringLiteral } from '../typescript/literal';
import { toHeader, toTypeOfContract } from './header';
import { ownErrorsOf } from './own-errors';

/** Types that the module exports besides those of the contract. */
export const RESERVED_TYPES: readonly string[] = [
  'ClientToServerEvents',
  'ClientToServerRequests',
  'ErrorCode',
  'ErrorData',
  'PresenceStates',
  'ServerToClientEvents',
  'StreamItems',
];

const typeOf = (reference: SchemaReference) => `types.${nameIn(reference.$ref)}`;

const schemaType = (reference: SchemaReference | undefined) =>
  reference ? `PayloadSchema<${typeOf(reference)}>` : 'undefined';

const toCodes = (codes: readonly string[]) =>
  codes.length > 0 ? codes.map(toStringLiteral).join(' | ') : 'never';

/** The type of an event: what every event has, and what only some are. */
function toEventType({ payload, reply, errors, stream, durable, key, room }: EventDocument): string {
  return [
    `ContractEvent<${schemaType(payload)}, ${schemaType(reply)}, ${toCodes(errors)}>`,
    ...(stream ? [`Streamed<${typeOf(stream)}>`] : []),
    ...(durable ? ['Durable'] : []),
    ...(key === undefined ? [] : ['Keyed']),
    ...(room ? [`InRoom<${toStringLiteral(room.name)}>`] : []),
  ].join(' & ');
}

const toMembers = <Entry>(entries: Readonly<Record<string, Entry>>, toType: (entry: Entry) => string) =>
  Object.entries(entries)
    .map(([name, entry]) => `  readonly ${toPropertyName(name)}: ${toType(entry)};\n`)
    .join('');

const toErrorTexts = (errors: ContractDocument['errors']) =>
  Object.entries(errors)
    .map(
      ([code, { description }]) =>
        `  /** ${description.replaceAll('*/', '*\\/')} */\n  readonly ${toPropertyName(code)}: ErrorDefinition;\n`,
    )
    .join('');

const toErrorType = ({ data }: ErrorDocument) => `ContractError<${schemaType(data)}>`;

const toPresenceType = (presence: NonNullable<ContractDocument['presence']>) =>
  `  /** What members of its rooms do. */\n  readonly presence: {\n${toMembers(presence, schemaType).replaceAll('  readonly', '    readonly')}  };\n`;

/** What a module may import from the kit, in order: each where its text has it. */
const KIT_TYPES = [
  'Contract',
  'ContractError',
  'ContractEvent',
  'Durable',
  'ErrorDefinition',
  'InRoom',
  'Keyed',
  'PayloadSchema',
  'Streamed',
];

/** The declarations with what they import from the kit; a name of the kit's that the contract's type has is another there. */
function withImport(text: string, typeName: string): string {
  const used = KIT_TYPES.map((name) => ({ name, use: new RegExp(`\\b${name}(?=[<;]| &)`, 'g') }));
  const imported = used.flatMap(({ name, use }) => {
    if (!use.test(text)) return [];
    return name === typeName ? [`${name} as Kit${name}`] : [name];
  });
  const own = used.find(({ name }) => name === typeName);
  const body = own ? text.replace(own.use, `Kit${typeName}`) : text;
  return `import type { ${imported.join(', ')} } from '@wirepact/contract/runtime';\n${body}`;
}

/** The declarations of a contract's module, as text. */
export function emitDeclarations(document: ContractDocument, exportName: string): string {
  const typeName = toTypeOfContract(exportName);
  const { title, version, errors, presence, clientToServer, serverToClient } = document;
  const text = `import type * as types from './types.js';

export type * from './events.js';
export type * from './types.js';

/** Every code that may reach the wire, with what it means and what to do. */
export declare const errors: {
${toErrorTexts(errors)}};

/** A code of {@link errors}. */
export type ErrorCode = keyof typeof errors;

type Errors = {
${toMembers(ownErrorsOf(document), toErrorType)}};

type ClientToServer = {
${toMembers(clientToServer, toEventType)}};

type ServerToClient = {
${toMembers(serverToClient, toEventType)}};

/** The type of {@link ${exportName}}. */
export interface ${typeName} extends Contract<ClientToServer, ServerToClient, Errors> {
  /** Codes of its own: whether to retry, and what they tell besides. */
  readonly errors: Errors;
${presence ? toPresenceType(presence) : ''}}
`;
  const declared = `
/** ${title} ${version}: every event on the wire, with the check of what it carries. */
export declare const ${exportName}: ${typeName};
`;
  return `${toHeader(document)}${withImport(text, typeName)}${declared}`;
}
