import type { OutgoingMessage } from '../chat/message-list';
import type { Sender } from '../chat/use-chat-client';
import { Avatar } from './avatar';
import { titleOfError } from './error-text';
import { Icon } from './icon';
import { MessageText } from './message-text';
import { MessageTime } from './message-time';

/** Longer texts are cut while they wait: they may be too long to be sent at all. */
const MAX_SHOWN_LENGTH = 600;

/** What an {@link OutgoingRow} shows. */
export interface OutgoingRowProps {
  readonly message: OutgoingMessage;
  readonly sender: Sender;
  /** Seconds until a retry can succeed. */
  readonly waitSeconds: number;
  readonly onRetry: (clientMessageId: string, text: string) => void;
  readonly onDiscard: (clientMessageId: string) => void;
  /** Puts the text back where it can be changed. */
  readonly onEdit: (clientMessageId: string, text: string) => void;
}

/** One message of our own that the server has not taken: on its way, or failed. */
export function OutgoingRow({ message, sender, waitSeconds, onRetry, onDiscard, onEdit }: OutgoingRowProps) {
  const { clientMessageId, text, createdAt, error } = message;
  return (
    <li className={`message message--own ${error ? 'message--failed' : 'message--sending'}`}>
      <Avatar id={sender.entityId} name={sender.entityName} />
      <div className="message__body">
        <div className="message__head">
          <strong className="message__sender">{sender.entityName}</strong>
          <span className="badge">You</span>
          {error ? <MessageTime createdAt={createdAt} /> : <span className="message__state">Sending…</span>}
        </div>
        <MessageText text={text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text} />
        {error && (
          <div className="message__failure">
            <span>
              <Icon name="warning" /> Not sent. {titleOfError(error)}
            </span>
            {error.retryable && (
              <button
                type="button"
                className="button button--small"
                disabled={waitSeconds > 0}
                onClick={() => onRetry(clientMessageId, text)}
              >
                <Icon name="retry" /> {waitSeconds > 0 ? `Retry in ${waitSeconds} s` : 'Retry'}
              </button>
            )}
            <button
              type="button"
              className="button button--small"
              onClick={() => onEdit(clientMessageId, text)}
            >
              <Icon name="rename" /> Edit
            </button>
            <button type="button" className="button button--small" onClick={() => onDiscard(clientMessageId)}>
              Discard
            </button>
          </div>
        )}
      </div>
    </li>
  );
}
