import type { JsonSchema, JsonSchemaObject } from '../../json-schema';
import { Prover } from './prover';

/** A schema and the `$defs` that its references point into. */
export interface PlacedSchema {
  readonly schema: JsonSchema;
  readonly defs: Readonly<Record<string, JsonSchemaObject>>;
}

/**
 * True where it is proved that a receiver that checks against `receiver` accepts everything a sender that keeps to
 * `sender` may send. Where that can not be proved, false.
 *
 * A receiver lets properties pass that it does not know, unless its schema forbids them. A sender sends the
 * properties that its schema names, and others only where the schema writes `additionalProperties`, or has no
 * `properties` at all: otherwise no property could ever be added to an object.
 */
export function canReceive(receiver: PlacedSchema, sender: PlacedSchema): boolean {
  const sent = { schema: sender.schema, scope: { defs: sender.defs, sends: true } };
  const accepted = { schema: receiver.schema, scope: { defs: receiver.defs, sends: false } };
  return new Prover().covers({ schemas: [sent], possible: [] }, accepted);
}
