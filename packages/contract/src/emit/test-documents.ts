import type { ContractDocument, EventDocument } from '../contract-document';
import type { JsonSchemaObject } from '../json-schema';

/** A document for tests with these types, and the parts of `more`. */
export const documentOf = (
  $defs: Readonly<Record<string, JsonSchemaObject>>,
  more: Partial<ContractDocument> = {},
): ContractDocument => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:wirepact:test:1.0.0',
  title: 'test',
  version: '1.0.0',
  errors: {},
  clientToServer: {},
  serverToClient: {},
  ...more,
  $defs,
});

/** An event for tests with the parts of `more`. */
export const eventOf = (more: Partial<EventDocument> = {}): EventDocument => ({
  description: 'It happens.',
  errors: [],
  limits: { maxDepth: 16, maxProperties: 128, maxSize: 131_072 },
  examples: [],
  since: '1.0',
  ...more,
});
