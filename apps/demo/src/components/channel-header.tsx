import { useState } from 'react';
import { ConfirmDialog } from './confirm-dialog';
import { IconButton } from './icon-button';
import { TextDialog } from './text-dialog';

/** What can be done to a channel. */
export interface ChannelActions {
  readonly copyLink: () => void;
  readonly update: (changes: { name: string; topic: string }) => void;
  readonly clear: () => void;
  readonly remove: () => void;
}

/** What a {@link ChannelHeader} shows. */
export interface ChannelHeaderProps {
  readonly name: string;
  readonly topic: string;
  /** Who is in the channel now, and how many they are. */
  readonly present?: { readonly count: number; readonly names: readonly string[] };
  /** Absent while the channel cannot be changed. */
  readonly actions: ChannelActions | undefined;
}

type Question = 'rename' | 'clear' | 'delete';

/** The channel's name and topic, and what can be done to it. */
export function ChannelHeader({ name, topic, present, actions }: ChannelHeaderProps) {
  const [question, setQuestion] = useState<Question>();
  const close = () => setQuestion(undefined);

  return (
    <header className="channel-header">
      <div className="channel-header__title">
        <h2>{name}</h2>
        {topic && <p title={topic}>{topic}</p>}
      </div>
      {present && present.count > 0 && (
        <span className="channel-header__present" title={present.names.join(', ')}>
          {present.count} here
        </span>
      )}
      {actions && (
        <div className="channel-header__actions">
          <IconButton icon="link" label="Copy link" onClick={actions.copyLink} />
          <IconButton icon="rename" label="Rename channel" onClick={() => setQuestion('rename')} />
          <IconButton icon="clear" label="Clear messages" onClick={() => setQuestion('clear')} />
          <IconButton icon="trash" label="Delete channel" onClick={() => setQuestion('delete')} />
        </div>
      )}
      {actions && question === 'rename' && (
        <TextDialog
          title="Rename channel"
          action="Save"
          fields={[
            { name: 'name', label: 'Name', value: name, maxLength: 80, isRequired: true },
            { name: 'topic', label: 'Topic', value: topic, maxLength: 240 },
          ]}
          onSubmit={({ name: newName = '', topic: newTopic = '' }) =>
            actions.update({ name: newName, topic: newTopic })
          }
          onClose={close}
        />
      )}
      {actions && question === 'clear' && (
        <ConfirmDialog
          title="Clear all messages?"
          action="Clear messages"
          onConfirm={actions.clear}
          onClose={close}
        >
          Every message in “{name}” is deleted, for everybody. This cannot be undone.
        </ConfirmDialog>
      )}
      {actions && question === 'delete' && (
        <ConfirmDialog
          title="Delete this channel?"
          action="Delete channel"
          onConfirm={actions.remove}
          onClose={close}
        >
          “{name}” and its messages are gone for everybody who is in it. This cannot be undone.
        </ConfirmDialog>
      )}
    </header>
  );
}
