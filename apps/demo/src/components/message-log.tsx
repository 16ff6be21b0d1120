import type { SentMessage } from '../chat/message-list';
import { isAgentMessage } from '../chat/message-list';
import type { Sender } from '../chat/use-chat-client';
import type { Messages } from '../chat/use-messages';
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
  readonly messages: Messages;
  readonly sender: Sender;
  /** Puts the text of a message that failed back where it can be changed. */
  readonly onEdit: (text: string) => void;
  /** Seconds until a retry can succeed. */
  readonly waitSeconds: number;
}

const continues = (message: SentMessage, before: SentMessage | undefined) =>
  before !== undefined &&
  !isAgentMessage(message) &&
  before.senderId === message.senderId &&
  before.senderName === message.senderName &&
  message.createdAt - before.createdAt < CONTINUED_MS;

const Thinking = () => (
  <p className="thinking">
    Eliza is thinking
    <span className="thinking__dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  </p>
);

/** The messages of a channel, following the newest while the reader does. */
export function MessageLog({ channelName, messages, sender, onEdit, waitSeconds }: MessageLogProps) {
  const { list, send, retry, discard, remove, loadOlder } = messages;
  const { sent, outgoing, thinking, isNew, hasOlder } = list;
  const { ref, onScroll, isAtBottom, scrollToBottom } = useStickToBottom<HTMLDivElement>(list);
  const edit = (clientMessageId: string, text: string) => {
    discard(clientMessageId);
    onEdit(text);
  };
  const isEmpty = !isNew && sent.length === 0 && outgoing.length === 0;

  return (
    <div className="log-frame">
      <div
        ref={ref}
        className="message-log"
        role="log"
        aria-label={`Messages in ${channelName}`}
        aria-busy={isNew}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reached by the keyboard.
        tabIndex={0}
        onScroll={onScroll}
      >
        {isNew && <p className="message-log__loading">Loading messages…</p>}
        {isEmpty && <Welcome onSend={send} />}
        {hasOlder && (
          <button type="button" className="button button--small message-log__older" onClick={loadOlder}>
            Show earlier messages
          </button>
        )}
        <ol>
          {sent.map((message, index) => (
            <MessageRow
              key={message.clientMessageId ?? message.id}
              message={message}
              isOwn={message.senderId === sender.entityId}
              isContinued={continues(message, sent[index - 1])}
              onRemove={remove}
            />
          ))}
          {outgoing.map((message) => (
            <OutgoingRow
              key={message.clientMessageId}
              {...{ message, sender, waitSeconds, onRetry: retry, onDiscard: discard, onEdit: edit }}
            />
          ))}
        </ol>
        {thinking > 0 && <Thinking />}
      </div>
      {!isAtBottom && (
        <button type="button" className="button button--small jump" onClick={scrollToBottom}>
          <Icon name="down" /> Newest
        </button>
      )}
    </div>
  );
}
