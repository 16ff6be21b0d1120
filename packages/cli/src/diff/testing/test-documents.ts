import { DEFAULT_BOUNDS, type JsonSchemaObject } from '@wirepact/contract';
import type { ContractDocument, EventDocument } from '../../contract-document';
import type { Sender } from '../compatibility';
import type { PlacedSchema } from '../proof/can-receive';

/** An event of a document, with what is left out as simple as can be. */
export const eventOf = (parts: Partial<EventDocument> = {}): EventDocument => ({
  description: 'Something.',
  errors: [],
  limits: DEFAULT_BOUNDS,
  examples: [],
  since: '1.0',
  ...parts,
});

/** A document, with what is left out as simple as can be. */
export const documentOf = (parts: Partial<ContractDocument> = {}): ContractDocument => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:wirepact:board:1.0.0',
  title: 'board',
  version: '1.0.0',
  errors: {},
  clientToServer: {},
  serverToClient: {},
  $defs: {},
  ...parts,
});

/** A document whose one event `it` carries `schema`, sent by `sender`. */
export function documentWith(sender: Sender, { schema, defs }: PlacedSchema): ContractDocument {
  const root: JsonSchemaObject = typeof schema === 'boolean' ? { allOf: [schema] } : schema;
  const it = eventOf({ payload: { $ref: '#/$defs/It' } });
  const $defs = { ...defs, It: root };
  return sender === 'client'
    ? documentOf({ clientToServer: { it }, $defs })
    : documentOf({ serverToClient: { it }, $defs });
}
