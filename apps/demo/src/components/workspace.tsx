import { useChannel, useChatClient } from '@wirepact/client/react';
import { WirepactError } from '@wirepact/contract/runtime';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { channelApi } from '../chat/channel-api';
import { CHANNEL_JOIN } from '../chat/channel-join';
import type { Sender } from '../chat/sender';
import { toWirepactError } from '../chat/to-wirepact-error';
import { useChannelList } from '../chat/use-channel-list';
import { useKeptChannels } from '../chat/use-kept-channels';
import { useNotices } from '../chat/use-notices';
import type { WaitingSends } from '../chat/waiting-sends';
import type { WireRecord } from '../chat/wire-record';
import { openChannel, useChannelHash } from '../page/use-channel-hash';
import { useMediaQuery } from '../page/use-media-query';
import { useTheme } from '../page/use-theme';
import { ChannelView } from './channel-view';
import { NoticeList } from './notice-list';
import { SidePanel } from './side-panel';
import { Sidebar } from './sidebar';
import { TopBar } from './top-bar';
import { type View, ViewTabs } from './view-tabs';

/** What a {@link Workspace} is for. */
export interface WorkspaceProps {
  readonly sender: Sender;
  readonly waiting: WaitingSends;
  readonly record: WireRecord;
  readonly onRename: (name: string) => void;
}

/** Codes of what an agent does, and of what holds messages up. */
const UNSETTLED = new Set(['AGENT_FAILED', 'RATE_LIMITED', 'STORE_UNAVAILABLE']);

/** Keeps this window in a channel that it does not show. */
function KeptChannel({ id }: { id: string }) {
  useChannel(id, CHANNEL_JOIN);
  return null;
}

/** Everything on the page: channels, chat and log, beside each other or one at a time. */
export function Workspace({ sender, waiting, record, onRename }: WorkspaceProps) {
  const chat = useChatClient();
  const channelId = useChannelHash();
  const list = useChannelList(chat, channelId);
  const notices = useNotices();
  const sends = useSyncExternalStore(waiting.sends.subscribe, waiting.sends.get);
  const keptIds = useKeptChannels(channelId, sends);
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
        theme={theme}
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
      <ChannelView key={channelId} {...{ channelId, sender, list, notices, sends }} />
      {keptIds.map((id) => (
        <KeptChannel key={id} id={id} />
      ))}
      {showsLog && <SidePanel record={record} />}
      <ViewTabs view={view} onChange={setView} />
      <NoticeList notices={notices.notices} onDismiss={notices.dismiss} />
    </div>
  );
}
