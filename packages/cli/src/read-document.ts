import { formatIssues, WirepactError } from '@wirepact/contract/runtime';
import { interpret, nameIn, SchemaPlace, ShapeReader } from '@wirepact/contract/tools';
import type { ContractDocument, EventDocument, SchemaReference } from './contract-document';
import { DOCUMENT } from './document-shape';

const refusal = (place: string, problem: string) =>
  new WirepactError('INVALID_CONTRACT', `${place}: ${problem}`);

const SHAPE = 'the shape of contract documents';
const reader = new ShapeReader({ title: SHAPE, $defs: {} });
const shape = interpret(reader.read(DOCUMENT, new SchemaPlace(SHAPE)), (name) => reader.readType(name));

const isContractDocument = (value: unknown): value is ContractDocument => shape.check(value);

type References = readonly (readonly [place: string, reference: SchemaReference | undefined])[];

const referencesOf = (place: string, { payload, reply, stream }: EventDocument): References =>
  Object.entries({ payload, reply, stream }).map(([part, reference]) => [`${place}/${part}`, reference]);

/** Every reference of a document to a type, besides those of its types to each other. */
const listReferences = ({
  errors,
  presence = {},
  clientToServer,
  serverToClient,
}: ContractDocument): References => [
  ...Object.entries(errors).map(([code, { data }]) => [`errors/${code}/data`, data] as const),
  ...Object.entries(presence).map(([kind, state]) => [`presence/${kind}`, state] as const),
  ...Object.entries(clientToServer).flatMap(([name, event]) => referencesOf(`clientToServer/${name}`, event)),
  ...Object.entries(serverToClient).flatMap(([name, event]) => referencesOf(`serverToClient/${name}`, event)),
];

/**
 * A value as a contract document: the one check of what was written by somebody else, or long ago.
 *
 * @param place Where it comes from, for messages.
 * @throws WirepactError `INVALID_CONTRACT` where it is no such document, has a schema that no contract may have (an
 * unknown keyword, a pattern that is none, a type that is composed of itself), or refers to a type that is not there.
 */
export function readDocument(value: unknown, place: string): ContractDocument {
  if (!isContractDocument(value)) {
    const problem = formatIssues(shape.issues(value));
    throw refusal(place, `is not a contract document: ${problem}. Build it again from the contract.`);
  }
  const { title, $defs } = value;
  const types = new ShapeReader({ title, $defs });
  for (const name of Object.keys($defs)) types.readType(name);
  for (const [at, reference] of listReferences(value)) {
    if (!reference || Object.hasOwn($defs, nameIn(reference.$ref))) continue;
    throw refusal(`${title}: ${at}`, `refers to "${reference.$ref}", which is not among its \`$defs\`.`);
  }
  return value;
}
