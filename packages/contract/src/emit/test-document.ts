import type { TSchema } from 'typebox';
import type { Contract } from '../contract';
import type { ContractDocument } from '../contract-document';
import type { EventDefinition } from '../event';
import type { JsonSchemaObject } from '../json-schema';

/** A document with these types and no event, for tests. */
export const documentOf = ($defs: Readonly<Record<string, JsonSchemaObject>>): ContractDocument => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:wirepact:test:1.0.0',
  title: 'test',
  version: '1.0.0',
  errors: {},
  clientToServer: {},
  serverToClient: {},
  $defs,
});

/** A schema of TypeBox as plain JSON. */
const toJson = (schema: TSchema): JsonSchemaObject => JSON.parse(JSON.stringify(schema));

const toTypeName = (event: string, suffix: string) =>
  event.replace(/(?:^|_)(\w)/g, (_match, letter: string) => letter.toUpperCase()) + suffix;

/** A document with the payloads and replies of a contract's events, each a type of its own, for tests. */
export function documentOfContract(contract: Contract): ContractDocument {
  const events: [string, EventDefinition][] = Object.entries({
    ...contract.clientToServer,
    ...contract.serverToClient,
  });
  const types = events.flatMap(([name, { payload, reply }]): [string, JsonSchemaObject][] => [
    ...(payload ? [[toTypeName(name, ''), toJson(payload)] as [string, JsonSchemaObject]] : []),
    ...(reply ? [[toTypeName(name, 'Reply'), toJson(reply)] as [string, JsonSchemaObject]] : []),
  ]);
  return documentOf(Object.fromEntries(types));
}
