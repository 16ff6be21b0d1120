import { protocol } from '@wirepact/protocol/definition';
import { Build, Errors } from 'typebox/schema';
import type { Contender } from './contender';

/** The schema of the event as JSON Schema, which TypeBox reads as its own. */
export const sendMessageSchema = (): object => {
  const { json } = protocol.clientToServer.send_message.payload.declaration ?? {};
  if (!json) throw new Error('send_message has no schema.');
  return Object(json);
};

/** TypeBox's own compiler, which evaluates code. */
export function createTypeBox(): Contender {
  const schema = sendMessageSchema();
  const compiled = Build(schema).Evaluate();
  return { check: (value) => compiled.Check(value), issues: (value) => Errors(schema, value)[1] };
}
