import { useMemo } from 'react';
import type { ChannelActions } from '../components/channel-header';
import { linkToChannel, openChannel } from '../page/use-channel-hash';
import { channelApi } from './channel-api';
import { toWirepactError } from './to-wirepact-error';
import type { ChannelList } from './use-channel-list';
import type { Notices } from './use-notices';

/** What the user can do to a channel; what comes of it arrives as events, here as in every other window. */
export function useChannelActions(
  channelId: string,
  { channels, remove }: Pick<ChannelList, 'channels' | 'remove'>,
  { report, tell }: Pick<Notices, 'report' | 'tell'>,
): ChannelActions {
  return useMemo(() => {
    const run = (action: Promise<unknown>, told: string, then = () => {}) =>
      void action.then(
        () => {
          tell(told);
          then();
        },
        (cause: unknown) => report(toWirepactError(cause)),
      );
    const leave = () => {
      remove(channelId);
      const next = channels.find(({ id }) => id !== channelId);
      if (next) openChannel(next.id);
    };
    return {
      copyLink() {
        const link = linkToChannel(channelId);
        navigator.clipboard?.writeText(link).then(
          () => tell('Link copied. Open it in a second window.'),
          () => tell(`Copy this link: ${link}`),
        ) ?? tell(`Copy this link: ${link}`);
      },
      update: (changes) => run(channelApi.update(channelId, changes), 'Channel renamed.'),
      clear: () => run(channelApi.clear(channelId), 'Messages cleared.'),
      remove: () => run(channelApi.delete(channelId), 'Channel deleted.', leave),
    };
  }, [channelId, channels, remove, report, tell]);
}
