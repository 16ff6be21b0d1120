import type { ChatClient, StoredSend } from '@wirepact/client';
import { useCallback, useState } from 'react';
import { useChannelActions } from '../chat/use-channel-actions';
import { useChannelInfo } from '../chat/use-channel-info';
import { type ChannelList, nameOfChannel } from '../chat/use-channel-list';
import type { Sender } from '../chat/use-chat-client';
import { useMembership } from '../chat/use-membership';
import { useMessages } from '../chat/use-messages';
import type { Notices } from '../chat/use-notices';
import { useObservable } from '../chat/use-observable';
import { useThinking } from '../chat/use-thinking';
import { ChannelFailed } from './channel-failed';
import { ChannelGone } from './channel-gone';
import { ChannelHeader } from './channel-header';
import { Composer, type Draft } from './composer';
import { MessageLog } from './message-log';

/** What a {@link ChannelView} shows. */
export interface ChannelViewProps {
  readonly chat: ChatClient;
  readonly channelId: string;
  readonly sender: Sender;
  readonly list: ChannelList;
  readonly notices: Notices;
  /** What this window has kept to be sent, in every channel. */
  readonly sends: readonly StoredSend[];
}

/** One channel: its name, what is said in it, and where to say something. */
export function ChannelView({ chat, channelId, sender, list, notices, sends }: ChannelViewProps) {
  const [membership, join] = useMembership(chat, channelId);
  const info = useChannelInfo(membership, notices.report);
  const kept = sends.filter(({ payload }) => payload.channelId === channelId);
  const [draft, setDraft] = useState<Draft>();
  const write = useCallback((text: string) => setDraft({ text }), []);
  const messages = useMessages(membership, kept, notices.report, write);
  const isThinking = useThinking(membership);
  const isConnected = useObservable(chat.connection).status === 'connected';
  const actions = useChannelActions(channelId, list, notices);
  const known = list.channels.find(({ id }) => id === channelId);
  const name = info?.name ?? known?.name ?? nameOfChannel(channelId);
  const { status, error } = membership;

  if (status === 'deleted' || (status === 'failed' && error?.code === 'CHANNEL_NOT_FOUND')) {
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
        topic={info?.topic ?? ''}
        actions={status === 'joined' ? actions : undefined}
      />
      {status === 'failed' || status === 'removed' ? (
        <ChannelFailed error={error} onRetry={join} />
      ) : (
        <MessageLog channelName={name} onEdit={write} {...{ messages, sender, isThinking, isConnected }} />
      )}
      <Composer
        channelName={name}
        isConnected={isConnected}
        isDisabled={status === 'joining' || status === 'failed' || status === 'removed'}
        draft={draft}
        onSend={messages.send}
      />
    </main>
  );
}
