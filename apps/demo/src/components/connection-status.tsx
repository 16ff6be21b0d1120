import type { ConnectionState } from '@wirepact/client';
import { useConnection } from '@wirepact/client/react';

const LABELS: Readonly<Record<ConnectionState['status'], string>> = {
  connecting: 'Connecting…',
  connected: 'Connected',
  reconnecting: 'Reconnecting…',
  disconnected: 'Disconnected',
};

const latencyOf = ({ latencyMs }: ConnectionState) =>
  latencyMs === undefined ? undefined : latencyMs < 1 ? '< 1 ms' : `${Math.round(latencyMs)} ms`;

/** What a {@link ConnectionStatus} shows. */
export interface ConnectionStatusProps {
  /** Messages that wait to be sent; told where there is no connection to send them on. */
  readonly waitingCount: number;
}

const Waiting = ({ count }: { count: number }) => (
  <span className="status__waiting">
    {count} <span className="status__word">{count === 1 ? 'message' : 'messages'} </span>waiting
  </span>
);

/** Whether there is a connection, how long an answer takes on it, and what waits for it. */
export function ConnectionStatus({ waitingCount }: ConnectionStatusProps) {
  const state = useConnection();
  const isWaiting = state.status !== 'connected' && waitingCount > 0;
  const latency = state.status === 'connected' ? latencyOf(state) : undefined;
  return (
    <p className={`status status--${state.status}`} title={state.error?.message}>
      <span className="status__dot" aria-hidden="true" />
      <span role="status" className="status__text">
        <span>{LABELS[state.status]}</span>
        {isWaiting && <Waiting count={waitingCount} />}
      </span>
      {latency && (
        <span className="status__latency" title="Round trip to the server">
          {latency}
        </span>
      )}
    </p>
  );
}
