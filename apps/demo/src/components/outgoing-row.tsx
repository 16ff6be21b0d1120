import type { ViewMessage } from '@wirepact/client';
import type { Sender } from '../chat/sender';
import { useCountdown } from '../page/use-countdown';
import { Avatar } from './avatar';
import { detailsOfError, titleOfError } from './error-text';
import { Icon } from './icon';
import { MessageText } from './message-text';
import { MessageTime } from './message-time';

/** Longer texts are cut while they wait. */
const MAX_SHOWN_LENGTH = 600;

/** What an {@link OutgoingRow} shows. */
export interface OutgoingRowProps {
  readonly message: ViewMessage;
  /** We go on: who we are has been said. */
  readonly isContinued: boolean;
  readonly sender: Sender;
  /** Whether it can go out now. */
  readonly isConnected: boolean;
  /** When it is sent again, Unix time in milliseconds, where the server has refused it for now. */
  readonly retryAt: number | undefined;
  /** Whether anything can be done about it now. */
  readonly isReady: boolean;
  readonly onRetry: (clientMessageId: string) => void;
  readonly onDiscard: (clientMessageId: string) => void;
  /** Puts the text back where it can be changed. */
  readonly onEdit: (clientMessageId: string, text: string) => void;
}

function Retry({ at }: { at: number }) {
  const seconds = useCountdown(at);
  return (
    // Not read out every second.
    <span className="message__state" aria-live="off">
      <Icon name="clock" /> {seconds > 0 ? `Sent again in ${seconds} s` : 'Sending…'}
    </span>
  );
}

function Waiting({ isConnected, retryAt }: Pick<OutgoingRowProps, 'isConnected' | 'retryAt'>) {
  if (isConnected && retryAt !== undefined) return <Retry at={retryAt} />;
  return (
    <span className="message__state">
      {!isConnected && <Icon name="clock" />}
      {isConnected ? 'Sending…' : 'Waiting to be sent'}
    </span>
  );
}

type FailureProps = Omit<OutgoingRowProps, 'sender' | 'isConnected' | 'isContinued' | 'retryAt'>;

function Failure({ message, isReady, onRetry, onDiscard, onEdit }: FailureProps) {
  const { key, clientMessageId = key, text, error } = message;
  if (!error) return null;
  const button = { type: 'button', className: 'button button--small', disabled: !isReady } as const;
  return (
    <div className="message__failure">
      <span title={detailsOfError(error).join(' ')}>
        <Icon name="warning" /> Not sent. {titleOfError(error)}
      </span>
      <button {...button} onClick={() => onRetry(clientMessageId)}>
        <Icon name="retry" /> Retry
      </button>
      <button {...button} onClick={() => onEdit(clientMessageId, text)}>
        <Icon name="rename" /> Edit
      </button>
      <button {...button} onClick={() => onDiscard(clientMessageId)}>
        Discard
      </button>
    </div>
  );
}

/** One message of our own that the server has not taken: on its way, or failed. */
export function OutgoingRow({ sender, isConnected, isContinued, retryAt, ...actions }: OutgoingRowProps) {
  const { text, createdAt, error } = actions.message;
  const modifiers = `${error ? 'message--failed' : 'message--sending'}${isContinued ? ' message--continued' : ''}`;
  return (
    <li className={`message message--own ${modifiers}`}>
      <Avatar id={sender.entityId} name={sender.entityName} />
      <div className="message__body">
        <div className="message__head">
          <strong className="message__sender">{sender.entityName}</strong>
          <span className="badge">You</span>
          <MessageTime createdAt={createdAt} />
        </div>
        <div className="message__line">
          <MessageText text={text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text} />
          {!error && <Waiting {...{ isConnected, retryAt }} />}
        </div>
        <Failure {...actions} />
      </div>
    </li>
  );
}
