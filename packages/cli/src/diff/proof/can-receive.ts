import type { JsonSchema, JsonSchemaObject } from '@wirepact/contract/tools';
import { referencesOf } from '../../references-of';
import { Prover } from './prover';

/** A schema and the `$defs` that its references point into. */
export interface PlacedSchema {
  readonly schema: JsonSchema;
  readonly defs: Readonly<Record<string, JsonSchemaObject>>;
}

/** The text of `schema` and of all definitions it refers to, directly and through others. */
function wholeText({ schema, defs }: PlacedSchema): string {
  const all = new Map<string, JsonSchema>([['', schema]]);
  // A map goes on with what is added to it on the way.
  for (const one of all.values())
    for (const name of referencesOf(one)) if (!all.has(name)) all.set(name, defs[name] ?? false);
  return JSON.stringify([...all]);
}

/**
 * True where it is proved that a receiver that checks against `receiver` accepts everything a sender that keeps to
 * `sender` may send. Where that cannot be proved, false.
 *
 * A receiver lets properties pass that it does not know, unless its schema forbids them. A sender sends the
 * properties that its schema names, and others only where the schema writes `additionalProperties`, or has no
 * `properties` at all: otherwise no property could ever be added to an object.
 */
export function canReceive(receiver: PlacedSchema, sender: PlacedSchema): boolean {
  if (wholeText(receiver) === wholeText(sender)) return true;
  const sent = { schema: sender.schema, scope: { defs: sender.defs, sends: true } };
  const accepted = { schema: receiver.schema, scope: { defs: receiver.defs, sends: false } };
  return new Prover().covers({ schemas: [sent], possible: [] }, accepted);
}
