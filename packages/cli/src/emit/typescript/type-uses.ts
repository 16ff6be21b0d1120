import { nameIn } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument, SchemaReference } from '../../contract-document';
import { toCode } from '../code-span';

type Use = readonly [reference: SchemaReference | undefined, ...texts: string[]];

const usesOfEvent = ([name, { description, payload, reply, stream }]: [string, EventDocument]): Use[] => [
  [payload, `The payload of ${toCode(name)}.`, description],
  [reply, `The answer to ${toCode(name)}.`],
  [stream, `One item of what ${toCode(name)} answers with.`],
];

/** What each type of a contract is for, in paragraphs: the first use that names it. */
export function listTypeUses(document: ContractDocument): ReadonlyMap<string, readonly string[]> {
  const { clientToServer, serverToClient, errors, presence = {} } = document;
  const uses: Use[] = [
    ...Object.entries(clientToServer).flatMap(usesOfEvent),
    ...Object.entries(serverToClient).flatMap(usesOfEvent),
    ...Object.entries(errors).map(([code, { data }]): Use => [data, `What ${toCode(code)} tells besides.`]),
    ...Object.entries(presence).map(
      ([kind, state]): Use => [state, `What a member of a room ${toCode(kind)} does.`],
    ),
  ];
  const texts = new Map<string, readonly string[]>();
  for (const [reference, ...said] of uses) {
    if (reference && !texts.has(nameIn(reference.$ref))) texts.set(nameIn(reference.$ref), said);
  }
  return texts;
}
