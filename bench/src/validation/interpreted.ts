import { protocol } from '@wirepact/protocol/definition';
import type { Contender } from './contender';

/** How both ends check a contract that was not built: what was read of the schema is followed, and no code evaluated. */
export function createInterpreted(): Contender {
  const { check, issues } = protocol.clientToServer.send_message.payload;
  const list = (value: unknown) => {
    const found = issues(value);
    if (Array.isArray(found)) return found;
    throw new Error('The issues of a contract that was not built are there at once.');
  };
  return { check: (value) => check(value), issues: list };
}
