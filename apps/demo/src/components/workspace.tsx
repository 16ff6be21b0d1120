import type { ChatClient } from '@wirepact/client';
import { WirepactError } from '@wirepact/contract/runtime';
import { useCallback, useEffect, useState } from 'react';
import { channelApi } from '../chat/channel-api';
import { toWirepactError } from '../chat/to-wirepact-error';
import { useChannelList } from '../chat/use-channel-list';
import type { Sender } from '../chat/use-chat-client';
import { useLeftSends } from '../chat/use-left-sends';
import { useNotices } from '../chat/use-notices';
import { useObservable } from '../chat/use-observable';
import type { WaitingSends } from '../chat/waiting-sends';
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
  readonly waiting: WaitingSends;
  readonly onRename: (name: string) => void;
}

/** Codes of what an agent does, and of what holds messages up. */
const UNSETTLED = new Set(['AGENT_FAILED', 'RATE_LIMITED', 'STORE_UNAVAILABLE']);

/** Everything on the page: channels, chat and log, beside each other or one at a time. */
export function Workspace({ chat, sender, waiting, onRename }: WorkspaceProps) {
  const channelId = useChannelHash();
  const list = useChannelList(chat, channelId);
  const notices = useNotices();
  const sends = useObservable(waiting.sends);
  useLeftSends(chat, channelId, sends);
  const [theme, toggleTheme] = useTheme();
  const [view, setView] = useState<View>('chat');
  const isNarrow = useMediaQuery('(max-width: 44.99rem)');
  const isWide = useMediaQuery('(min-width: 68rem)');
  const [wantsLog, setWantsLog] = useState<boolean>();
  // A narrow page has the log behind a tab, and it should not be empty when that is opened.
  const showsLog = isNarrow || (wantsLog ?? isWide);
  const { report } = notices;

  // Every other failure settles the request that asked for it; these come by themselves, or settle nothing.
  useEffect(
    () =>
      chat.on('messageError', ({ code = '', error, retryable, retryAfterMs }) => {
        if (UNSETTLED.has(code)) report(new WirepactError(code, error, { retryable, retryAfterMs }));
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
        waitingCount={sends.filter(({ error }) => !error).length}
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
      <ChannelView key={channelId} {...{ chat, channelId, sender, list, notices, sends }} />
      {showsLog && <LogPanel chat={chat} />}
      <ViewTabs view={view} onChange={setView} />
      <NoticeList notices={notices.notices} onDismiss={notices.dismiss} />
    </div>
  );
}
