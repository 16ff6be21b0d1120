import type { ChatClient, ConnectionState } from '@wirepact/client';
import { useObservable } from '../chat/use-observable';

const LABELS: Readonly<Record<ConnectionState['status'], string>> = {
  connecting: 'Connecting…',
  connected: 'Connected',
  reconnecting: 'Reconnecting…',
  disconnected: 'Disconnected',
};

const latencyOf = ({ latencyMs }: ConnectionState) =>
  latencyMs === undefined ? undefined : latencyMs < 1 ? '< 1 ms' : `${Math.round(latencyMs)} ms`;

/** Whether there is a connection, and how long an answer takes on it. */
export function ConnectionStatus({ chat }: { chat: ChatClient }) {
  const state = useObservable(chat.connection);
  const latency = state.status === 'connected' ? latencyOf(state) : undefined;
  return (
    <p className={`status status--${state.status}`} title={state.error?.message}>
      <span className="status__dot" aria-hidden="true" />
      <span role="status">{LABELS[state.status]}</span>
      {latency && (
        <span className="status__latency" title="Round trip to the server">
          {latency}
        </span>
      )}
    </p>
  );
}
