import { protocol } from '@wirepact/protocol/definition';
import { Build, Errors } from 'typebox/schema';
import type { Contender } from './contender';

/** The schema of the event as TypeBox has it, and as plain JSON Schema. */
export const sendMessageSchema = (): object => {
  const { typebox } = protocol.clientToServer.send_message.payload.declaration ?? {};
  if (!typebox) throw new Error('send_message has no TypeBox schema.');
  return typebox;
};

/** TypeBox's own compiler, which evaluates code. */
export function createTypeBox(): Contender {
  const schema = sendMessageSchema();
  const compiled = Build(schema).Evaluate();
  return { check: (value) => compiled.Check(value), issues: (value) => Errors(schema, value)[1] };
}
