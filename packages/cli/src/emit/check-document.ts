import { type JsonSchema, WirepactError } from '@wirepact/contract';
import { definitionName, isKeyword, mapSubschemas } from '@wirepact/contract/tools';
import type { ContractDocument } from '../contract-document';

const refusal = (document: ContractDocument, place: string, problem: string) =>
  new WirepactError('INVALID_CONTRACT', `${document.title}: ${place} ${problem}`);

function checkReference(document: ContractDocument, place: string, reference: string): void {
  const name = definitionName(reference);
  if (name !== undefined && Object.hasOwn(document.$defs, name)) return;
  throw refusal(
    document,
    place,
    `refers to "${reference}", which is not there; put the type into \`$defs\`.`,
  );
}

function checkSchema(document: ContractDocument, place: string, schema: JsonSchema): void {
  if (typeof schema === 'boolean') return;
  const unknown = Object.keys(schema).find((keyword) => !isKeyword(keyword));
  if (unknown !== undefined) {
    throw refusal(document, place, `has the keyword "${unknown}", which contracts do not know; remove it.`);
  }
  if (schema.$ref !== undefined) checkReference(document, place, schema.$ref);
  mapSubschemas(schema, place, (inside, path) => {
    checkSchema(document, path, inside);
    return inside;
  });
}

/**
 * Checks that the schemas of a document have only keywords that contracts know, and refer only to its `$defs`.
 *
 * @throws WirepactError `INVALID_CONTRACT`, which names the first place that is wrong.
 */
export function checkDocument(document: ContractDocument): void {
  for (const [name, schema] of Object.entries(document.$defs)) checkSchema(document, `$defs/${name}`, schema);
  for (const direction of ['clientToServer', 'serverToClient'] as const) {
    for (const [name, { payload, reply }] of Object.entries(document[direction])) {
      if (payload) checkReference(document, `${direction}/${name}/payload`, payload.$ref);
      if (reply) checkReference(document, `${direction}/${name}/reply`, reply.$ref);
    }
  }
}
