import { useEffect, useState } from 'react';
import { type ChannelInfo, channelApi } from './channel-api';
import { toWirepactError } from './to-wirepact-error';
import { useChannelView } from './use-channel-view';
import type { Membership } from './use-membership';
import type { ReportError } from './use-notices';

/** A channel's name and topic, as they are and as they change; `undefined` until they are known. */
export function useChannelInfo(
  { channel, status }: Membership,
  report: ReportError,
): Omit<ChannelInfo, 'id'> | undefined {
  const [info, setInfo] = useState<Omit<ChannelInfo, 'id'>>();
  const { properties } = useChannelView(channel);

  useEffect(() => {
    if (!channel || status !== 'joined') return;
    let isCurrent = true;
    channelApi.get(channel.id).then(
      (loaded) => isCurrent && setInfo(loaded),
      (cause: unknown) => isCurrent && report(toWirepactError(cause)),
    );
    return () => {
      isCurrent = false;
    };
  }, [channel, status, report]);

  useEffect(() => {
    const { name, topic } = properties;
    setInfo((known) => ({
      ...known,
      ...(name !== undefined && { name }),
      ...(topic !== undefined && { topic }),
    }));
  }, [properties]);

  return info;
}
