import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon } from './icon';

/** Longest message the protocol takes. */
const MAX_TEXT_LENGTH = 65_536;
/** Characters left from which on they are counted. */
const COUNT_FROM = 1_000;

/** A text to begin with. */
export interface Draft {
  readonly text: string;
}

/** What a {@link Composer} writes to. */
export interface ComposerProps {
  readonly channelName: string;
  readonly isDisabled: boolean;
  readonly isConnected: boolean;
  /** Takes the place of what is written whenever it changes. */
  readonly draft: Draft | undefined;
  readonly onSend: (text: string) => void;
  /** Is told that something is being written, or no more. */
  readonly onTyping: (isTyping: boolean) => void;
  /** Stops the answers that agents are giving; absent where there is none. */
  readonly onStop: (() => void) | undefined;
}

const count = new Intl.NumberFormat();

/** Where a message is written: Enter sends it, Shift and Enter begin a new line. */
export function Composer(props: ComposerProps) {
  const { channelName, isDisabled, isConnected, draft, onSend, onTyping, onStop } = props;
  const [text, setText] = useState('');
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const isCounted = text.length > MAX_TEXT_LENGTH - COUNT_FROM;

  useEffect(() => {
    if (!draft) return;
    setText(draft.text);
    input.current?.focus();
  }, [draft]);

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === '' || isDisabled) return;
    onSend(text);
    onTyping(false);
    setText('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter accepts the word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className="composer" onSubmit={send}>
      <label className="visually-hidden" htmlFor={id}>
        Message to {channelName}
      </label>
      <div className="composer__box">
        <textarea
          id={id}
          ref={input}
          rows={1}
          value={text}
          placeholder={`Write to ${channelName}`}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            setText(target.value);
            onTyping(target.value !== '');
          }}
          onKeyDown={onKeyDown}
        />
        {onStop && (
          <button type="button" className="button button--small composer__stop" onClick={onStop}>
            Stop
          </button>
        )}
        <button
          type="submit"
          className="composer__send"
          disabled={isDisabled || text.trim() === ''}
          aria-label="Send"
          title="Send"
        >
          <Icon name="send" />
        </button>
      </div>
      <p className="composer__hint" id={`${id}-hint`}>
        {isConnected || isDisabled ? (
          <span className="composer__keys">
            <kbd>Enter</kbd> sends, <kbd>Shift</kbd> + <kbd>Enter</kbd> begins a new line
          </span>
        ) : (
          <span>Not connected: what you send waits, and goes out by itself.</span>
        )}
        {isCounted && (
          <span className={text.length > MAX_TEXT_LENGTH ? 'composer__count--over' : ''}>
            {count.format(text.length)} / {count.format(MAX_TEXT_LENGTH)}
          </span>
        )}
      </p>
    </form>
  );
}
