import type { ContractDocument } from '../../contract-document';
import type { JsonSchemaObject } from '../../json-schema';

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
