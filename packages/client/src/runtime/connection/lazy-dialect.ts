import type { LazyPart } from '../base/lazy-part';
import type { Connection } from './connection';
import type { ConnectionSettings } from './connection-settings';
import type { DialectSpeaker, Wire } from './dialect-speaker';

/** Lets a dialect come between a client and its connection; its code is loaded before the first handshake. */
export function speakLater(
  part: LazyPart<(wire: Wire) => DialectSpeaker>,
  { auth }: ConnectionSettings,
): {
  readonly auth: () => Promise<object>;
  readonly comeBetween: (connection: Connection) => void;
} {
  let wire: Wire | undefined;
  let speaker: DialectSpeaker | undefined;
  return {
    async auth() {
      const speak = await part.load();
      speaker ??= wire && speak(wire);
      return speaker?.credentials(auth) ?? {};
    },
    comeBetween(connection) {
      const { exchange, onEvent } = connection;
      connection.exchange = (request) =>
        speaker ? speaker.exchange(request) : exchange.call(connection, request);
      connection.onEvent = (receive) => {
        wire = { connection, exchange: (request) => exchange.call(connection, request), receive };
        onEvent.call(connection, (...incoming) => speaker?.receive(...incoming));
      };
    },
  };
}
