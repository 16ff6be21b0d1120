import type { ChatClient } from '@wirepact/client';
import { WirepactError } from '@wirepact/client';
import { useCallback, useEffect, useState } from 'react';
import { channelApi } from '../chat/channel-api';
import { toWirepactError } from '../chat/to-wirepact-error';
import { useChannelList } from '../chat/use-channel-list';
import type { Sender } from '../chat/use-chat-client';
import { useNotices } from '../chat/use-notices';
import { openChannel, useChannelHash } from '../page/use-channel-hash';
import { useMediaQuery } from '../page/use-media-query';
import { useTheme } from '../page/use-theme';
import { ChannelView } from './channel-view';
import { LogPanel } from './log-panel';
import { NoticeList } from './notice-list';
import { Sidebar } from './sidebar';
import { TopBar } from './top-bar';
import { type View, ViewTabs } from './view-tabs';

/** What a {@link Workspace} is for. */
export interface WorkspaceProps {
  readonly chat: ChatClient;
  readonly sender: Sender;
  readonly onRename: (name: string) => void;
}

/** Everything on the page: channels, chat and log, beside each other or one at a time. */
export function Workspace({ chat, sender, onRename }: WorkspaceProps) {
  const channelId = useChannelHash();
  const list = useChannelList(chat, channelId);
  const notices = useNotices();
  const [theme, toggleTheme] = useTheme();
  const [view, setView] = useState<View>('chat');
  const isNarrow = useMediaQuery('(max-width: 44.99rem)');
  const isWide = useMediaQuery('(min-width: 68rem)');
  const [wantsLog, setWantsLog] = useState<boolean>();
  // A narrow page has the log behind a tab, and it should not be empty when that is opened.
  const showsLog = isNarrow || (wantsLog ?? isWide);
  const { report } = notices;

  // Every other failure settles the request that asked for it; an agent's comes by itself.
  useEffect(
    () =>
      chat.on('messageError', ({ code, error, retryable }) => {
        if (code === 'AGENT_FAILED') report(new WirepactError(code, error, { retryable }));
      }),
    [chat, report],
  );

  const create = useCallback(
    (name: string) =>
      void channelApi.create(name).then(
        ({ id }) => {
          list.add(id, name);
          openChannel(id);
          setView('chat');
        },
        (cause: unknown) => report(toWirepactError(cause)),
      ),
    [list.add, report],
  );

  return (
    <div className="workspace" data-view={view} data-log={showsLog}>
      <TopBar
        {...{ chat, theme }}
        onToggleTheme={toggleTheme}
        isLogOpen={showsLog}
        onToggleLog={() => setWantsLog(!showsLog)}
      />
      <Sidebar
        {...{ list, sender, onRename }}
        shownId={channelId}
        onCreate={create}
        onOpen={() => setView('chat')}
      />
      <ChannelView key={channelId} {...{ chat, channelId, sender, list, notices }} />
      {showsLog && <LogPanel chat={chat} />}
      <ViewTabs view={view} onChange={setView} />
      <NoticeList notices={notices.notices} onDismiss={notices.dismiss} />
    </div>
  );
}
