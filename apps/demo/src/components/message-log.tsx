import type { ViewMessage } from '@wirepact/client';
import { isAgentMessage } from '../chat/is-agent-message';
import type { Sender } from '../chat/sender';
import type { Room } from '../chat/use-room';
import { useStickToBottom } from '../page/use-stick-to-bottom';
import { Icon } from './icon';
import { MessageRow } from './message-row';
import { OutgoingRow } from './outgoing-row';
import { Welcome } from './welcome';

/** How soon after the one before a message of the same sender belongs to it, in milliseconds. */
const CONTINUED_MS = 3 * 60_000;

/** What a {@link MessageLog} shows. */
export interface MessageLogProps {
  readonly channelName: string;
  readonly room: Room;
  readonly sender: Sender;
  /** Puts the text of a message that failed back where it can be changed. */
  readonly onEdit: (text: string) => void;
  /** Names of the others who are writing. */
  readonly typing: readonly string[];
  readonly isConnected: boolean;
}

/** Messages that failed stand by themselves. */
const continues = (message: ViewMessage, before: ViewMessage | undefined) =>
  before !== undefined &&
  !isAgentMessage(message) &&
  message.status !== 'failed' &&
  before.status !== 'failed' &&
  before.senderId === message.senderId &&
  before.senderName === message.senderName &&
  message.createdAt - before.createdAt < CONTINUED_MS;

/** Who is writing; more than two are counted. */
const Typing = ({ names }: { names: readonly string[] }) => (
  <p className="thinking">
    {names.length > 2 ? `${names.length} people` : names.join(' and ')} {names.length === 1 ? 'is' : 'are'}{' '}
    writing…
  </p>
);

/** The messages of a channel, following the newest while the reader does. */
export function MessageLog(props: MessageLogProps) {
  const { channelName, room, sender, typing, onEdit, isConnected } = props;
  const { messages, isLoaded, hasOlder, waiting, send, retry, discard, remove, loadOlder } = room;
  const firstWaiting = messages.find(({ status }) => status === 'pending');
  const { ref, onScroll, isAtBottom, scrollToBottom } = useStickToBottom<HTMLDivElement>(
    `${messages.at(-1)?.key} ${messages.at(-1)?.status} ${messages.at(-1)?.text.length} ${typing.length}`,
    messages[0]?.key,
  );
  const edit = (clientMessageId: string, text: string) => {
    discard(clientMessageId);
    onEdit(text);
  };
  const own = { sender, isConnected, isReady: isLoaded, onRetry: retry, onDiscard: discard, onEdit: edit };
  const isEmpty = isLoaded && !hasOlder && messages.length === 0;

  return (
    <div className="log-frame">
      <div
        ref={ref}
        className="message-log"
        role="log"
        aria-label={`Messages in ${channelName}`}
        aria-busy={!isLoaded}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by the keyboard.
        tabIndex={0}
        onScroll={onScroll}
      >
        {!isLoaded && <p className="message-log__loading">Loading messages…</p>}
        {isEmpty && <Welcome onSend={send} />}
        {hasOlder && (
          <button type="button" className="button button--small message-log__older" onClick={loadOlder}>
            Show earlier messages
          </button>
        )}
        <ol>
          {messages.map((message, index) => {
            const isContinued = continues(message, messages[index - 1]);
            if (message.status !== 'sent')
              return (
                <OutgoingRow
                  key={message.key}
                  {...{ message, isContinued, ...own }}
                  retryAt={message === firstWaiting ? waiting?.retryAt : undefined}
                />
              );
            const isOwn = message.senderId === sender.entityId;
            return <MessageRow key={message.key} {...{ message, isOwn, isContinued }} onRemove={remove} />;
          })}
        </ol>
        {typing.length > 0 && <Typing names={typing} />}
      </div>
      {!isAtBottom && (
        <button type="button" className="button button--small jump" onClick={scrollToBottom}>
          <Icon name="down" /> Newest
        </button>
      )}
    </div>
  );
}
