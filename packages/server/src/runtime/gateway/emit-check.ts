import {
  type Contract,
  type ContractEvent,
  findBoundsIssue,
  findPayloadError,
  formatIssues,
  type Issue,
} from '@wirepact/contract/runtime';
import { OwnError } from '../own-error';

/** Looks at what the application is about to send. @throws WirepactError `INVALID_EMIT` */
export type EmitCheck = (event: string, payload: unknown) => void;

/** What is wrong with a payload, as far as it can be said at once. */
function listIssues({ payload: schema, limits }: ContractEvent, payload: unknown): Issue[] {
  const outOfBounds = findBoundsIssue(payload, limits);
  if (outOfBounds) return [outOfBounds];
  const issues = schema?.issues(payload);
  return Array.isArray(issues) ? issues : [];
}

/** The error for what breaks the contract: the application's, and none of a client's. */
export function toInvalidEmit(event: string, definition: ContractEvent, payload: unknown): OwnError {
  const issues = listIssues(definition, payload);
  const what = issues.length > 0 ? formatIssues(issues) : 'it does not match the schema';
  return new OwnError('INVALID_EMIT', `"${event}" was not sent, as it breaks the contract: ${what}.`, {
    issues,
  });
}

/** Whether a payload says where it stands in a journal, as all do that come from one. */
const hasPlace = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'seq' in payload && payload.seq !== undefined;

/** A check of the events of a contract; `exempt` are those that others have checked. */
export function createEmitCheck(
  { name, serverToClient }: Contract,
  exempt: (event: string) => boolean,
): EmitCheck {
  const definitions = new Map(Object.entries(serverToClient));
  return (event, payload) => {
    if (exempt(event)) return;
    const definition = definitions.get(event);
    if (!definition) {
      const shown = JSON.stringify(String(event).slice(0, 100));
      throw new OwnError('INVALID_EMIT', `${name} has no server-to-client event ${shown}.`);
    }
    if (definition.durable && !hasPlace(payload))
      throw new OwnError(
        'INVALID_EMIT',
        `"${event}" is kept in the journal of its room: publish it there, with \`channel(room, id).publish\`.`,
      );
    const isFine = definition.payload ? !findPayloadError(definition, payload) : payload === undefined;
    if (!isFine) throw toInvalidEmit(event, definition, payload);
  };
}
