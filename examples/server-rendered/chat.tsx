import { type Channel, createChatClient } from '@wirepact/client';
import { type FormEvent, useEffect, useState } from 'react';

/** The channel that everybody is in. */
export const CHANNEL_ID = '123e4567-e89b-12d3-a456-426614174000';

/** A message as it is shown. */
export interface Line {
  readonly key: string;
  readonly senderName?: string | undefined;
  readonly text: string;
}

/** The chat: on the server with what was said so far, in the page with what is said from now on. */
export function Chat({ lines: rendered }: { lines: readonly Line[] }) {
  const [lines, setLines] = useState(rendered);
  const [status, setStatus] = useState('connecting');
  const [channel, setChannel] = useState<Channel>();

  // Effects run in the page alone, so nothing connects on the server.
  useEffect(() => {
    const chat = createChatClient(location.origin, { entityId: 'guest', entityName: 'Guest' });
    chat.connection.subscribe((connection) => setStatus(connection.status));
    chat.join(CHANNEL_ID, { history: 50 }).then(
      (joined) => {
        setChannel(joined);
        joined.view.subscribe(({ messages, loading }) => {
          if (!loading) setLines(messages);
        });
      },
      (error: Error) => setStatus(error.message),
    );
    return () => chat.close();
  }, []);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '');
    event.currentTarget.reset();
    channel?.send(text).catch((error: Error) => setStatus(error.message));
  };
  return (
    <main>
      <p role="status">{status}</p>
      <ol>
        {lines.map(({ key, senderName, text }) => (
          <li key={key}>
            <b>{senderName}</b> {text}
          </li>
        ))}
      </ol>
      <form onSubmit={send}>
        <input name="text" aria-label="Message" autoComplete="off" />
        <button type="submit" disabled={!channel}>
          Send
        </button>
      </form>
    </main>
  );
}
