import type { StoredSend, ViewMessage } from '@wirepact/client';
import { useAgentStream, useChannel, useConnection, usePresence, useTyping } from '@wirepact/client/react';
import { useCallback, useState } from 'react';
import { CHANNEL_JOIN } from '../chat/channel-join';
import type { Sender } from '../chat/sender';
import { useChannelActions } from '../chat/use-channel-actions';
import { type ChannelList, nameOfChannel } from '../chat/use-channel-list';
import type { Notices } from '../chat/use-notices';
import { useRoom } from '../chat/use-room';
import { ChannelFailed } from './channel-failed';
import { ChannelGone } from './channel-gone';
import { ChannelHeader } from './channel-header';
import { Composer, type Draft } from './composer';
import { MessageLog } from './message-log';

/** What a {@link ChannelView} shows. */
export interface ChannelViewProps {
  readonly channelId: string;
  readonly sender: Sender;
  readonly list: ChannelList;
  readonly notices: Notices;
  /** What this window has kept to be sent, in every channel. */
  readonly sends: readonly StoredSend[];
}

/** What those who have said something are called, by their ids. */
const namesIn = (messages: readonly ViewMessage[]) =>
  new Map(messages.map(({ senderId, senderName }) => [senderId, senderName]));

/** One channel: its name, what is said in it, and where to say something. */
export function ChannelView({ channelId, sender, list, notices, sends }: ChannelViewProps) {
  const handle = useChannel(channelId, CHANNEL_JOIN);
  const { state, error, properties, join } = handle;
  const kept = sends.filter(({ payload }) => payload.channelId === channelId);
  const [draft, setDraft] = useState<Draft>();
  const write = useCallback((text: string) => setDraft({ text }), []);
  const room = useRoom(channelId, handle, kept, notices.report, write);
  const { isStreaming, stop } = useAgentStream(channelId);
  const { members, count } = usePresence(channelId);
  const { typing, setTyping } = useTyping(channelId);
  const isConnected = useConnection().status === 'connected';
  const actions = useChannelActions(channelId, list, notices);
  const known = list.channels.find(({ id }) => id === channelId);
  const name = properties.name ?? known?.name ?? nameOfChannel(channelId);
  const names = namesIn(room.messages);

  if (state === 'deleted' || (state === 'failed' && error?.code === 'CHANNEL_NOT_FOUND')) {
    const restart = () => {
      list.add(channelId, name);
      join();
    };
    const elsewhere = list.channels.find(({ id }) => id !== channelId);
    return (
      <main className="channel" aria-label={name}>
        <ChannelHeader name={name} topic="" actions={undefined} />
        <ChannelGone
          {...{ name, elsewhere, onRestart: restart }}
          unsentCount={kept.filter((send) => send.error).length}
        />
      </main>
    );
  }
  return (
    <main className="channel" aria-label={name}>
      <ChannelHeader
        name={name}
        topic={properties.topic ?? ''}
        present={{ count, names: members.map(({ identity }) => names.get(identity.entityId) ?? 'Somebody') }}
        actions={state === 'joined' ? actions : undefined}
      />
      {state === 'failed' || state === 'removed' ? (
        <ChannelFailed error={error} onRetry={join} />
      ) : (
        <MessageLog
          channelName={name}
          onEdit={write}
          typing={typing.map(({ identity }) => names.get(identity.entityId) ?? 'Somebody')}
          {...{ room, sender, isConnected }}
        />
      )}
      <Composer
        channelName={name}
        isConnected={isConnected}
        isDisabled={state === 'joining' || state === 'failed' || state === 'removed'}
        onStop={isStreaming ? stop : undefined}
        onTyping={setTyping}
        draft={draft}
        onSend={room.send}
      />
    </main>
  );
}
