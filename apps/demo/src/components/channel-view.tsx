import type { ChatClient } from '@wirepact/client';
import { useState } from 'react';
import { useChannelActions } from '../chat/use-channel-actions';
import { useChannelInfo } from '../chat/use-channel-info';
import { type ChannelList, nameOfChannel } from '../chat/use-channel-list';
import type { Sender } from '../chat/use-chat-client';
import { useMembership } from '../chat/use-membership';
import { useMessages } from '../chat/use-messages';
import type { Notices } from '../chat/use-notices';
import { useCountdown } from '../page/use-countdown';
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
}

const retryTimeOf = ({ notices }: Notices) =>
  notices.findLast(({ retryAt }) => retryAt !== undefined)?.retryAt;

/** One channel: its name, what is said in it, and where to say something. */
export function ChannelView({ chat, channelId, sender, list, notices }: ChannelViewProps) {
  const [membership, join] = useMembership(chat, channelId);
  const info = useChannelInfo(membership, notices.report);
  const messages = useMessages(chat, sender.entityName, membership, notices.report);
  const actions = useChannelActions(channelId, list, notices);
  const waitSeconds = useCountdown(retryTimeOf(notices));
  const known = list.channels.find(({ id }) => id === channelId);
  const name = info?.name ?? known?.name ?? nameOfChannel(channelId);
  const [draft, setDraft] = useState<Draft>();
  const { status, error } = membership;

  if (status === 'deleted') {
    const restart = () => {
      list.add(channelId, name);
      join();
    };
    const elsewhere = list.channels.find(({ id }) => id !== channelId);
    return (
      <main className="channel" aria-label={name}>
        <ChannelHeader name={name} topic="" actions={undefined} />
        <ChannelGone {...{ name, elsewhere, onRestart: restart }} />
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
      {status === 'failed' ? (
        <ChannelFailed error={error} onRetry={join} />
      ) : (
        <MessageLog
          channelName={name}
          onEdit={(text) => setDraft({ text })}
          {...{ messages, sender, waitSeconds }}
        />
      )}
      <Composer
        channelName={name}
        isDisabled={status === 'joining' || status === 'failed'}
        draft={draft}
        onSend={messages.send}
      />
    </main>
  );
}
