import type { HandledEvent } from '../chat/handled-event';

/** Connections are told apart by the beginning of their id. */
const SHOWN_ID_LENGTH = 6;

/** What a {@link HandledEventLine} shows. */
export interface HandledEventLineProps {
  readonly handled: HandledEvent;
  /** The connection of this page. */
  readonly ownConnectionId: string | undefined;
}

/** Which event the server took, for whom, and in how long. */
export const HandledEventLine = ({ handled, ownConnectionId }: HandledEventLineProps) => {
  const { event, outcome, code, entityId, connectionId, ms } = handled;
  const isOwn = connectionId === ownConnectionId;
  return (
    <span className="log-entry__message handled" data-outcome={outcome}>
      <b>{event}</b> {outcome} {code && <code>{code}</code>} for{' '}
      <span title={`Connection ${connectionId}`}>
        {isOwn ? 'you' : (entityId ?? `connection ${connectionId.slice(0, SHOWN_ID_LENGTH)}`)}
      </span>{' '}
      in {ms} ms
    </span>
  );
};
