import { nameIn } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument, SchemaReference } from '../contract-document';
import { checkDocument } from './check-document';
import { toCode } from './code-span';
import { toJsDoc } from './typescript/jsdoc';
import { toPropertyName, toStringLiteral } from './typescript/literal';

type Events = ContractDocument['clientToServer'];
/** Names in the emitted module, by those in `$defs`. */
type TypeNames = ReadonlyMap<string, string>;

/** What the emitted module declares itself: a type of the contract with such a name gets another one there. */
const OWN_NAMES = ['Ack', 'ClientToServerEvents', 'ClientToServerRequests', 'ServerToClientEvents'];

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

function listUsedTypes({ clientToServer, serverToClient }: ContractDocument): string[] {
  const requests = Object.values(clientToServer).flatMap(({ payload, reply }) => [payload, reply]);
  const events = Object.values(serverToClient).map(({ payload }) => payload);
  const used = [...requests, ...events].flatMap((reference) => (reference ? [nameIn(reference.$ref)] : []));
  return [...new Set(used)].sort();
}

function toImports(document: ContractDocument, types: TypeNames, typesModule: string): string {
  const specifiers = [...types].map(
    ([name, local]) => `  ${name === local ? name : `${name} as ${local}`},\n`,
  );
  const ack = "import type { Ack } from '@wirepact/contract/runtime';\n";
  const imports = [
    Object.keys(document.clientToServer).length > 0 ? ack : '',
    specifiers.length > 0
      ? `import type {\n${specifiers.join('')}} from ${toStringLiteral(typesModule)};\n`
      : '',
  ];
  const text = imports.join('');
  return text && `${text}\n`;
}

const toEventDoc = ({ description, errors, since, deprecated }: EventDocument): string =>
  toJsDoc(
    {
      texts: [description, errors.length > 0 ? `Errors: ${errors.map(toCode).join(', ')}.` : undefined],
      tags: { since, deprecated },
    },
    '  ',
  );

/** An interface with a function-typed property for every event, as Socket.IO's generics want it. */
function toMap(text: string, name: string, events: Events, toParameters: (event: EventDocument) => string[]) {
  const members = Object.entries(events).map(
    ([event, definition]) =>
      `${toEventDoc(definition)}  ${toPropertyName(event)}: (${toParameters(definition).join(', ')}) => void;\n`,
  );
  return `/** ${text} */\nexport interface ${name} {${members.length > 0 ? '\n' : ''}${members.join('')}}\n`;
}

/**
 * The events of a contract as a TypeScript module for Socket.IO's generics: `ClientToServerEvents`,
 * `ClientToServerRequests` (acknowledgement required, for `emitWithAck`) and `ServerToClientEvents`.
 * `typesModule` is where it imports what {@link emitTypes} has emitted from.
 *
 * @throws WirepactError `INVALID_CONTRACT` where a schema has an unknown keyword or refers to nothing.
 */
export function emitEvents(document: ContractDocument, typesModule = './types'): string {
  checkDocument(document);
  const { clientToServer, serverToClient } = document;
  const types = nameTypes(listUsedTypes(document));
  const typeOf = (reference: SchemaReference) => types.get(nameIn(reference.$ref)) ?? nameIn(reference.$ref);
  const payload = (event: EventDocument) => (event.payload ? [`payload: ${typeOf(event.payload)}`] : []);
  const answer = (event: EventDocument) =>
    `(answer: Ack<${event.reply ? typeOf(event.reply) : 'null'}>) => void`;
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
    toMap('What a server emits.', 'ServerToClientEvents', serverToClient, payload),
  ];
  return toImports(document, types, typesModule) + maps.join('\n');
}
