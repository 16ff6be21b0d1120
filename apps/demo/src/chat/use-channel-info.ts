import { useEffect, useState } from 'react';
import { type ChannelInfo, channelApi } from './channel-api';
import { toWirepactError } from './to-wirepact-error';
import type { Membership } from './use-membership';
import type { ReportError } from './use-notices';

/** A channel's name and topic, as they are and as they change; `undefined` until they are known. */
export function useChannelInfo(
  { channel, status }: Membership,
  report: ReportError,
): ChannelInfo | undefined {
  const [info, setInfo] = useState<ChannelInfo>();

  useEffect(() => {
    if (!channel || status !== 'joined') return;
    let isCurrent = true;
    const stop = channel.on('channelUpdated', ({ updates: { name, topic } }) => {
      setInfo((known) => ({
        ...(known ?? { id: channel.id }),
        ...(name !== undefined && { name }),
        ...(topic !== undefined && { topic }),
      }));
    });
    channelApi.get(channel.id).then(
      (loaded) => isCurrent && setInfo(loaded),
      (cause: unknown) => isCurrent && report(toWirepactError(cause)),
    );
    return () => {
      isCurrent = false;
      stop();
    };
  }, [channel, status, report]);

  return info;
}
