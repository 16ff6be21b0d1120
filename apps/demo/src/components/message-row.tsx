import type { ViewMessage } from '@wirepact/client';
import { memo } from 'react';
import { isAgentMessage } from '../chat/is-agent-message';
import { ActionChips } from './action-chips';
import { AttachmentList } from './attachment-list';
import { Avatar } from './avatar';
import { IconButton } from './icon-button';
import { MessageText } from './message-text';
import { MessageTime } from './message-time';

/** What a {@link MessageRow} shows. */
export interface MessageRowProps {
  readonly message: ViewMessage;
  readonly isOwn: boolean;
  /** The same sender goes on: who it is has been said. */
  readonly isContinued: boolean;
  readonly onRemove: (messageId: string) => void;
}

const Thinking = ({ name }: { name: string }) => (
  <p className="message__thinking">
    {name} is thinking
    <span className="thinking__dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  </p>
);

/** Why an answer is not whole. */
const INCOMPLETE: Readonly<Record<NonNullable<ViewMessage['incomplete']>, string>> = {
  cancelled: 'Stopped',
  failed: 'Cut off by an error',
  timeout: 'Took too long',
};

/** One message that the server has, or that an agent is giving. */
export const MessageRow = memo(function MessageRow({
  message,
  isOwn,
  isContinued,
  onRemove,
}: MessageRowProps) {
  const {
    id = '',
    senderId,
    senderName = '',
    text,
    createdAt,
    thought,
    actions,
    attachments,
    isStreaming,
    incomplete,
  } = message;
  const isAgent = isAgentMessage(message);
  const modifiers = `${isOwn ? ' message--own' : ''}${isContinued ? ' message--continued' : ''}`;
  return (
    <li
      className={`message${modifiers}`}
      data-message-id={isStreaming ? undefined : id}
      aria-busy={isStreaming}
    >
      <Avatar id={senderId} name={senderName} isAgent={isAgent} />
      <div className="message__body">
        <div className="message__head">
          <strong className="message__sender">{senderName}</strong>
          {isOwn && <span className="badge">You</span>}
          {isAgent && <span className="badge badge--agent">Agent</span>}
          <MessageTime createdAt={createdAt} />
        </div>
        {thought !== undefined && (
          <details className="thought">
            <summary>Thought</summary>
            <p>{thought}</p>
          </details>
        )}
        {isStreaming && text === '' ? (
          <Thinking name={senderName} />
        ) : (
          <MessageText text={text} isGrowing={isStreaming} />
        )}
        <AttachmentList attachments={attachments} />
        {incomplete && <span className="badge badge--warn">{INCOMPLETE[incomplete]}</span>}
        {actions && <ActionChips actions={actions} />}
      </div>
      {!isStreaming && (
        <IconButton
          icon="trash"
          className="message__delete"
          label={`Delete message from ${senderName}`}
          onClick={() => onRemove(id)}
        />
      )}
    </li>
  );
});
