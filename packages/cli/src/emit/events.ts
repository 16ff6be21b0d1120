import { nameIn } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument, SchemaReference } from '../contract-document';
import { toCode } from './code-span';
import { toJsDoc } from './typescript/jsdoc';
import { toPropertyName, toStringLiteral } from './typescript/literal';

type Events = ContractDocument['clientToServer'];
/** Names in the emitted module, by those in `$defs`. */
type TypeNames = ReadonlyMap<string, string>;

/** What the emitted module declares itself: a type of the contract with such a name gets another one there. */
const OWN_NAMES = [
  'Ack',
  'ClientToServerEvents',
  'ClientToServerRequests',
  'ErrorData',
  'PresenceStates',
  'ServerToClientEvents',
  'StreamItems',
];

function nameTypes(names: readonly string[]): TypeNames {
  const taken = new Set([...names, ...OWN_NAMES]);
  const toFree = (name: string): string => (taken.has(name) ? toFree(`${name}Type`) : name);
  return new Map(
    names.map((name) => {
      const local = OWN_NAMES.includes(name) ? toFree(name) : name;
      taken.add(local);
      return [name, local];
    }),
  );
}

function listUsedTypes({
  errors,
  presence = {},
  clientToServer,
  serverToClient,
}: ContractDocument): string[] {
  const events = [...Object.values(clientToServer), ...Object.values(serverToClient)];
  const references = [
    ...events.flatMap(({ payload, reply, stream }) => [payload, reply, stream]),
    ...Object.values(errors).map(({ data }) => data),
    ...Object.values(presence),
  ];
  const used = references.flatMap((reference) => (reference ? [nameIn(reference.$ref)] : []));
  return [...new Set(used)].sort();
}

/** Events that are answered: all that clients send, and those by which a server asks. */
const answersOf = ({ clientToServer, serverToClient }: ContractDocument) => [
  ...Object.values(clientToServer),
  ...Object.values(serverToClient).filter(({ reply }) => reply),
];

function toImports(document: ContractDocument, types: TypeNames, typesModule: string): string {
  const specifiers = [...types].map(
    ([name, local]) => `  ${name === local ? name : `${name} as ${local}`},\n`,
  );
  const ack = "import type { Ack } from '@wirepact/contract/runtime';\n";
  const imports = [
    answersOf(document).length > 0 ? ack : '',
    specifiers.length > 0
      ? `import type {\n${specifiers.join('')}} from ${toStringLiteral(typesModule)};\n`
      : '',
  ];
  const text = imports.join('');
  return text && `${text}\n`;
}

const toEventDoc = ({ description, errors, stream, since, deprecated }: EventDocument): string =>
  toJsDoc(
    {
      texts: [
        description,
        stream && 'It answers with a stream: the acknowledgement has its name, items follow.',
        errors.length > 0 ? `Errors: ${errors.map(toCode).join(', ')}.` : undefined,
      ],
      tags: { since, deprecated },
    },
    '  ',
  );

/** An interface with a property for everything that has a schema of one kind; empty text where nothing has. */
function toTypeMap(
  text: string,
  name: string,
  references: readonly (readonly [name: string, reference: SchemaReference | undefined])[],
  typeOf: (reference: SchemaReference) => string,
): string {
  const members = references.flatMap(([key, reference]) =>
    reference ? [`  ${toPropertyName(key)}: ${typeOf(reference)};\n`] : [],
  );
  return members.length > 0 ? `/** ${text} */\nexport interface ${name} {\n${members.join('')}}\n` : '';
}

/** An interface with a function-typed property for every event, as Socket.IO's generics want it. */
function toMap(text: string, name: string, events: Events, toParameters: (event: EventDocument) => string[]) {
  const members = Object.entries(events).map(
    ([event, definition]) =>
      `${toEventDoc(definition)}  ${toPropertyName(event)}: (${toParameters(definition).join(', ')}) => void;\n`,
  );
  return `/** ${text} */\nexport interface ${name} {${members.length > 0 ? '\n' : ''}${members.join('')}}\n`;
}

/** What the acknowledgement of an event that answers with a stream has. */
const STREAM = '{ stream: string }';

/**
 * The events of a contract as a TypeScript module for Socket.IO's generics: `ClientToServerEvents`,
 * `ClientToServerRequests` (acknowledgement required, for `emitWithAck`) and `ServerToClientEvents`; beside them, where
 * there are any, `StreamItems` by event, `ErrorData` by code and `PresenceStates` by the kind of room.
 * `typesModule` is where it imports what {@link emitTypes} has emitted from.
 */
export function emitEvents(document: ContractDocument, typesModule = './types'): string {
  const { clientToServer, serverToClient } = document;
  const types = nameTypes(listUsedTypes(document));
  const typeOf = (reference: SchemaReference) => types.get(nameIn(reference.$ref)) ?? nameIn(reference.$ref);
  const payload = (event: EventDocument) => (event.payload ? [`payload: ${typeOf(event.payload)}`] : []);
  const dataOf = ({ reply, stream }: EventDocument) => (stream ? STREAM : reply ? typeOf(reply) : 'null');
  const answer = (event: EventDocument) => `(answer: Ack<${dataOf(event)}>) => void`;
  const toHeard = (event: EventDocument) => [
    ...payload(event),
    ...(event.reply ? [`ack: ${answer(event)}`] : []),
  ];
  const toEmitted = (event: EventDocument) => [...payload(event), `ack?: ${answer(event)}`];
  const toRequest = (event: EventDocument) => [...payload(event), `ack: ${answer(event)}`];
  const maps = [
    toMap('What a client emits.', 'ClientToServerEvents', clientToServer, toEmitted),
    toMap(
      'What a client emits where it always asks for the acknowledgement, for a typed `emitWithAck`.',
      'ClientToServerRequests',
      clientToServer,
      toRequest,
    ),
    toMap('What a server emits.', 'ServerToClientEvents', serverToClient, toHeard),
    toTypeMap(
      'One item of what an event answers with, by the name of the event.',
      'StreamItems',
      Object.entries(clientToServer).map(([name, { stream }]) => [name, stream]),
      typeOf,
    ),
    toTypeMap(
      'What an error tells besides, by its code.',
      'ErrorData',
      Object.entries(document.errors).map(([code, { data }]) => [code, data]),
      typeOf,
    ),
    toTypeMap(
      'What a member of a room does, by the kind of room.',
      'PresenceStates',
      Object.entries(document.presence ?? {}),
      typeOf,
    ),
  ];
  return toImports(document, types, typesModule) + maps.filter((map) => map !== '').join('\n');
}
