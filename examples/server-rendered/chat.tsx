import { ChatProvider, useConnection, useMessages, useSendMessage } from '@wirepact/client/react';
import type { FormEvent } from 'react';

/** The channel that everybody is in. */
export const CHANNEL_ID = '123e4567-e89b-12d3-a456-426614174000';

/** A message as it is shown. */
export interface Line {
  readonly key: string;
  readonly senderName?: string | undefined;
  readonly text: string;
}

const OPTIONS = { entityId: 'guest', entityName: 'Guest' };

/** What was said: as the server has rendered it, until the page knows itself. */
function Lines({ rendered }: { rendered: readonly Line[] }) {
  const { messages, isLoading } = useMessages(CHANNEL_ID);
  const lines: readonly Line[] = isLoading && messages.length === 0 ? rendered : messages;
  return (
    <ol>
      {lines.map(({ key, senderName, text }) => (
        <li key={key}>
          <b>{senderName}</b> {text}
        </li>
      ))}
    </ol>
  );
}

function Composer() {
  const { status } = useConnection();
  const { send, error } = useSendMessage(CHANNEL_ID);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(String(new FormData(event.currentTarget).get('text') ?? ''));
    event.currentTarget.reset();
  };
  return (
    <form onSubmit={submit}>
      <p role="status">{error?.message ?? status}</p>
      <input name="text" aria-label="Message" autoComplete="off" />
      <button type="submit">Send</button>
    </form>
  );
}

/** The chat: on the server with what was said so far, in the page with what is said from now on. */
export const Chat = ({ url, lines }: { url: string; lines: readonly Line[] }) => (
  <ChatProvider url={url} options={OPTIONS}>
    <main>
      <Lines rendered={lines} />
      <Composer />
    </main>
  </ChatProvider>
);
